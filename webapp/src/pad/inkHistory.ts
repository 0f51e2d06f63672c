import { type Ink, inkBounds, type Point, type Stroke } from '../ink';

/** A stroke on the sheet: its points, and how it was drawn, which readers do not see. */
export interface DrawnStroke {
  /** In pad units. */
  readonly points: Stroke;
  /** How hard the pen pressed at each point, 0 to 1: what the pen reported, else what its speed suggests. */
  readonly pressures?: readonly number[];
  readonly byPen?: boolean;
  /** How far right and down it was in view on the pad that it was drawn on, in pad units. */
  readonly reach: Point;
}

/** All strokes of the sheet, in the order of drawing. */
export type Sheet = readonly DrawnStroke[];

/** Older states are forgotten. */
const MAX_STATES = 100;

/**
 * The states of a sheet, from the oldest to the newest, and the present one. It never changes: each method returns
 * another history. Strokes that states share are the same objects.
 */
export class InkHistory {
  static readonly EMPTY = new InkHistory([[]], 0);

  readonly states: readonly Sheet[];
  /** The place of the present state. */
  readonly at: number;

  /** @throws RangeError where there is no state at `at`. */
  constructor(states: readonly Sheet[], at: number) {
    if (states[at] === undefined) throw new RangeError(`A history of ${states.length} states has none at ${at}.`);
    this.states = states;
    this.at = at;
  }

  get sheet(): Sheet {
    return this.states[this.at] as Sheet;
  }

  get canUndo(): boolean {
    return this.at > 0;
  }

  get canRedo(): boolean {
    return this.at < this.states.length - 1;
  }

  /** Go on with another state; what was undone can't be redone any more. */
  add(sheet: Sheet): InkHistory {
    const states = [...this.states.slice(0, this.at + 1), sheet].slice(-MAX_STATES);
    return new InkHistory(states, states.length - 1);
  }

  /** Go back to the state before; the first one stays. */
  undo(): InkHistory {
    return this.canUndo ? new InkHistory(this.states, this.at - 1) : this;
  }

  /** Go on to the state that was undone last, if there is one. */
  redo(): InkHistory {
    return this.canRedo ? new InkHistory(this.states, this.at + 1) : this;
  }
}

/** Strokes that were not drawn on this pad, such as those of another visit: all of each must be in view. */
export function sheetOf(ink: Ink): Sheet {
  return ink.flatMap((points) => {
    const box = inkBounds([points]);
    return box ? [{ points, reach: [box.x + box.width, box.y + box.height] }] : [];
  });
}
