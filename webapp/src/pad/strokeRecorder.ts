import type { Ink, Point, Stroke } from '../ink';

/**
 * Turns pointers into ink. One pointer draws at a time; others are ignored meanwhile.
 *
 * A pen replaces a touch and its stroke: that touch was the resting hand.
 */
export class StrokeRecorder {
  #strokes: Stroke[] = [];
  /** All strokes before the last removal, until the next stroke. */
  #beforeRemoval: Stroke[] | null = null;
  #current: { id: number; kind: string; points: Point[] } | null = null;

  /** All strokes, including the one being drawn. */
  get ink(): Ink {
    return [...this.#strokes, ...(this.#current ? [this.#current.points.slice()] : [])];
  }

  /** Whether a stroke is being drawn. */
  get drawing(): boolean {
    return this.#current !== null;
  }

  /**
   * Start a stroke where a pointer touches down; return whether it draws.
   *
   * @param kind PointerEvent.pointerType.
   * @param primary PointerEvent.isPrimary: if a second pointer of a kind is primary, the end of the first was missed.
   */
  begin(id: number, kind: string, point: Point, primary = false): boolean {
    if (primary && this.#current?.kind === kind) this.end(this.#current.id);
    if (this.#current && !(kind === 'pen' && this.#current.kind === 'touch')) return false;
    this.#current = { id, kind, points: [point] };
    this.#beforeRemoval = null;
    return true;
  }

  /** Extend the stroke by `points` without repeated ones; return whether it grew. */
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

  /** End the stroke and keep it; return whether the pointer drew. */
  end(id: number): boolean {
    if (this.#current?.id !== id) return false;
    this.#strokes.push(this.#current.points);
    this.#current = null;
    return true;
  }

  /** Replace strokes, given by their indices in the ink, by `rest`. */
  remove(strokes: readonly number[], rest: Ink = []): void {
    if (this.#current) this.end(this.#current.id);
    this.#beforeRemoval = this.#strokes;
    this.#strokes = [...this.#strokes.filter((_, i) => !strokes.includes(i)), ...rest];
  }

  /** Undo the stroke being drawn, else the last removal, else the last stroke. */
  undo(): void {
    if (this.#current) this.#current = null;
    else if (this.#beforeRemoval) this.restore(this.#beforeRemoval);
    else this.#strokes.pop();
  }

  /** Replace all strokes by `ink`. */
  restore(ink: Ink): void {
    this.#strokes = [...ink];
    this.#current = null;
    this.#beforeRemoval = null;
  }
}
