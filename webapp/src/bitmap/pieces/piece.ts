import { around, type Box } from '../../box';

/** Ink that belongs together: components, by their labels, and the box around them. */
export interface Piece extends Box {
  readonly labels: readonly number[];
  readonly area: number;
  /** Whether it is all that is written in a box for one digit. */
  readonly boxed?: boolean;
}

/** Several pieces as one. */
export function joinPieces(pieces: readonly Piece[]): Piece {
  return {
    ...pieces.reduce<Box>(around, pieces[0] as Piece),
    labels: pieces.flatMap((piece) => piece.labels),
    area: pieces.reduce((sum, piece) => sum + piece.area, 0),
  };
}
