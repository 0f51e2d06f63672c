import type { Box, Ink, Point, Stroke } from '../ink';

/** How the ink looks on the screen; readings do not depend on it. */
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

/** Mark the digits of a number: a line below each, and a tinted background for the selected one. */
export function paintMarks(
  context: CanvasRenderingContext2D,
  boxes: readonly Box[],
  selected: number,
  { colour, width }: PenStyle,
): void {
  context.fillStyle = colour;
  const foot = Math.max(...boxes.map((box) => box.y + box.height)) + 1.4 * width;
  for (const [i, box] of boxes.entries()) {
    const [left, across] = [box.x - width / 2, box.width + width];
    context.globalAlpha = i === selected ? 0.8 : 0.3;
    context.fillRect(left, foot, across, width / 4);
    context.globalAlpha = 0.1;
    if (i === selected) context.fillRect(left, box.y - width, across, foot - box.y + width);
  }
  context.globalAlpha = 1;
}

/** Trace curves between the midpoints of segments, so that a fast pen leaves no corners. */
function traceStroke(context: CanvasRenderingContext2D, stroke: Stroke): void {
  const [first, ...rest] = stroke;
  if (first === undefined) return;
  context.moveTo(...first);
  let last: Point = first;
  for (const point of rest) {
    context.quadraticCurveTo(...last, (last[0] + point[0]) / 2, (last[1] + point[1]) / 2);
    last = point;
  }
  context.lineTo(...last); // draws a dot if the stroke is a single point
}
