import type { Ink, Point, Stroke } from '../ink';

/** How the ink looks on the screen; what is read from it does not depend on it. */
export interface PenStyle {
  readonly colour: string;
  /** In pad units. */
  readonly width: number;
}

/** Paint ink given in pad units onto a context whose unit is the pad's, with round, smooth strokes. */
export function paintInk(context: CanvasRenderingContext2D, ink: Ink, { colour, width }: PenStyle): void {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const stroke of ink) {
    context.beginPath();
    traceStroke(context, stroke);
    context.stroke();
  }
}

/** Curves from the middle of one segment to the middle of the next, so that a fast pen leaves no corners. */
function traceStroke(context: CanvasRenderingContext2D, stroke: Stroke): void {
  const [first, ...rest] = stroke;
  if (first === undefined) return;
  context.moveTo(...first);
  let last: Point = first;
  for (const point of rest) {
    context.quadraticCurveTo(...last, (last[0] + point[0]) / 2, (last[1] + point[1]) / 2);
    last = point;
  }
  context.lineTo(...last); // the whole stroke where it is a single point: a dot
}

/** As `paintInk`. */
export type PaintInk = typeof paintInk;
