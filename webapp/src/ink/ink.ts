/** A point of ink: `[x, y]`, y down, in any unit. Only the shape of the ink matters to its readers. */
export type Point = readonly [x: number, y: number];

/** What the pen drew between touching down and lifting, in the order of drawing. */
export type Stroke = readonly Point[];

/** A drawing: strokes in the order of drawing. */
export type Ink = readonly Stroke[];
