import type { Point } from '../ink';
import type { Sheet } from './inkHistory';
import { touchedStrokes } from './touchedStrokes';

/** The other end of a pen, while it is down: it takes away each stroke that it touches, whole. */
export class Eraser {
  readonly id: number;
  readonly #reach: number;
  #left: Sheet;
  #at: Point | null = null;

  /** @param reach how far from the middle of a stroke it touches it, in pad units. */
  constructor(id: number, sheet: Sheet, reach: number) {
    this.id = id;
    this.#left = sheet;
    this.#reach = reach;
  }

  /** The strokes that are left. */
  get left(): Sheet {
    return this.#left;
  }

  /** Move on; return whether that took a stroke away. */
  move(points: readonly Point[]): boolean {
    const before = this.#left;
    for (const point of points) {
      const touched = touchedStrokes(this.#left, this.#at ?? point, point, this.#reach);
      if (touched.length > 0) this.#left = this.#left.filter((stroke) => !touched.includes(stroke));
      this.#at = point;
    }
    return this.#left !== before;
  }
}
