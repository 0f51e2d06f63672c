import type { Component } from './components';

/** Ink that belongs together: components by their labels, and the box round them. */
export interface Piece {
  readonly labels: readonly number[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly area: number;
}

/** A component as a piece. */
export function pieceOf({ label, x, y, width, height, area }: Component): Piece {
  return { labels: [label], x, y, width, height, area };
}

/** Several pieces as one. */
export function joinPieces(pieces: readonly Piece[]): Piece {
  const x = Math.min(...pieces.map((piece) => piece.x));
  const y = Math.min(...pieces.map((piece) => piece.y));
  return {
    labels: pieces.flatMap((piece) => piece.labels),
    x,
    y,
    width: Math.max(...pieces.map((piece) => piece.x + piece.width)) - x,
    height: Math.max(...pieces.map((piece) => piece.y + piece.height)) - y,
    area: pieces.reduce((sum, piece) => sum + piece.area, 0),
  };
}

/** How far two stretches overlap; below 0 how far they are apart. */
export function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
}
