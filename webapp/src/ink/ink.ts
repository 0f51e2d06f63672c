/** A point of ink: `[x, y]`, y down, in any unit; what reads it cares for shape alone. */
export type Point = readonly [x: number, y: number];

/** What the pen drew between touching down and lifting, in the order it was drawn. */
export type Stroke = readonly Point[];

/** A drawing: strokes in the order they were drawn. */
export type Ink = readonly Stroke[];

/** The smallest upright rectangle round some ink, in the ink's own unit. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
