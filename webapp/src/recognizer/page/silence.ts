/**
 * Notices that a worker has died: it owes answers, and nothing is heard of it for too long. A browser that lacks memory ends
 * a worker without a message.
 *
 * A worker answers one call after another, so the longest limit of the answers that it owes counts, from what was heard last.
 */
export class Silence {
  readonly #onTooLong: () => void;
  /** How many answers are owed, by their limits in milliseconds. */
  readonly #owed = new Map<number, number>();
  #heardAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onTooLong: () => void) {
    this.#onTooLong = onTooLong;
  }

  /** Wait for an answer of the worker. */
  async during<T>(limitMs: number, answer: Promise<T>): Promise<T> {
    if (this.#owed.size === 0) this.#heardAt = performance.now();
    this.#owed.set(limitMs, (this.#owed.get(limitMs) ?? 0) + 1);
    this.#restart();
    try {
      return await answer;
    } finally {
      const others = (this.#owed.get(limitMs) ?? 1) - 1;
      if (others > 0) this.#owed.set(limitMs, others);
      else this.#owed.delete(limitMs);
      this.heard();
    }
  }

  /** The worker lives. */
  heard(): void {
    this.#heardAt = performance.now();
    this.#restart();
  }

  /** The worker owes nothing any more. */
  end(): void {
    this.#owed.clear();
    this.#restart();
  }

  #restart(): void {
    clearTimeout(this.#timer);
    if (this.#owed.size === 0) return;
    const left = Math.max(...this.#owed.keys()) - (performance.now() - this.#heardAt);
    this.#timer = setTimeout(this.#onTooLong, left);
  }
}
