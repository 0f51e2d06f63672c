/**
 * Notices that a worker has died: it owes answers, and nothing is heard of it for too long. A browser that lacks memory ends
 * a worker without a message.
 *
 * A worker answers one call after another, so a short call may wait for a long one: the longest limit counts, until the
 * worker owes nothing.
 */
export class Silence {
  readonly #onTooLong: () => void;
  #owed = 0;
  #limitMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(onTooLong: () => void) {
    this.#onTooLong = onTooLong;
  }

  /** Wait for an answer of the worker. */
  async during<T>(limitMs: number, answer: Promise<T>): Promise<T> {
    this.#owed++;
    if (limitMs > this.#limitMs) {
      this.#limitMs = limitMs;
      this.heard();
    }
    try {
      return await answer;
    } finally {
      this.#owed--;
      this.heard();
    }
  }

  /** The worker lives. */
  heard(): void {
    clearTimeout(this.#timer);
    if (this.#owed > 0) this.#timer = setTimeout(this.#onTooLong, this.#limitMs);
    else this.#limitMs = 0;
  }

  /** The worker owes nothing any more. */
  end(): void {
    this.#owed = 0;
    this.heard();
  }
}
