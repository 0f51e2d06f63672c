import type { Ink, Point, Stroke } from '../ink';

/** What touches the pad, as PointerEvent.pointerType names it. */
export type PointerKind = 'mouse' | 'touch' | 'pen' | (string & {});

/**
 * Turns pointers into ink: one pointer draws at a time, others are ignored while it does.
 *
 * A pen takes over from a touch, whose stroke is dropped: it was the hand coming to rest.
 */
export class StrokeRecorder {
  #strokes: Stroke[] = [];
  /** All strokes as they were before some were taken out, until the next stroke. */
  #beforeRemoval: Stroke[] | null = null;
  #current: { id: number; kind: PointerKind; points: Point[] } | null = null;

  /** The strokes drawn, the one being drawn included. */
  get ink(): Ink {
    return this.#current ? [...this.#strokes, this.#current.points.slice()] : this.#strokes.slice();
  }

  /** Whether a stroke is being drawn. */
  get drawing(): boolean {
    return this.#current !== null;
  }

  /** Whether pointer `id` is the one that draws. */
  isDrawing(id: number): boolean {
    return this.#current?.id === id;
  }

  /**
   * A pointer touches down; says whether it draws.
   *
   * @param primary as PointerEvent.isPrimary: the first of its kind on the screen, so an older one has gone unnoticed.
   */
  begin(id: number, kind: PointerKind, point: Point, primary = false): boolean {
    if (primary && this.#current?.kind === kind) this.end(this.#current.id);
    if (this.#current && !(kind === 'pen' && this.#current.kind === 'touch')) return false;
    this.#current = { id, kind, points: [point] };
    this.#beforeRemoval = null;
    return true;
  }

  /** The pointer moves through `points`; a point equal to the one before it is left out. Says whether ink came of it. */
  extend(id: number, points: readonly Point[]): boolean {
    if (this.#current?.id !== id) return false;
    const drawn = this.#current.points;
    const before = drawn.length;
    for (const point of points) {
      const last = drawn.at(-1);
      if (last === undefined || point[0] !== last[0] || point[1] !== last[1]) drawn.push(point);
    }
    return drawn.length > before;
  }

  /** The pointer lifts, or is taken away: what it drew stays. Says whether it drew. */
  end(id: number): boolean {
    if (this.#current?.id !== id) return false;
    this.#strokes.push(this.#current.points);
    this.#current = null;
    return true;
  }

  /** Take strokes out, by their places in the ink, and put `rest` of them in their place. */
  remove(strokes: readonly number[], rest: Ink = []): void {
    if (this.#current) this.end(this.#current.id);
    this.#beforeRemoval = this.#strokes;
    this.#strokes = [...this.#strokes.filter((_, i) => !strokes.includes(i)), ...rest];
  }

  /**
   * Take the last step back: the stroke being drawn, else the removal of strokes, else the last stroke. Says whether
   * there was one.
   */
  undo(): boolean {
    if (this.#current) {
      this.#current = null;
      return true;
    }
    if (this.#beforeRemoval) {
      this.#strokes = this.#beforeRemoval;
      this.#beforeRemoval = null;
      return true;
    }
    return this.#strokes.pop() !== undefined;
  }

  /** Put `ink` in the place of all strokes. */
  restore(ink: Ink): void {
    this.#strokes = [...ink];
    this.#current = null;
    this.#beforeRemoval = null;
  }

  /** Take all strokes back. */
  clear(): void {
    this.restore([]);
  }
}
