const FIRST_PAUSE_MS = 1000;

/**
 * Tries again what failed for want of a connection: when the network is back, when the page is looked at again, and
 * after growing pauses while it is looked at. A page that nobody looks at asks for nothing.
 */
export class Comeback {
  #again: (() => void) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pause = FIRST_PAUSE_MS;

  readonly #longestPause: number;

  constructor(longestPauseMs = 60_000) {
    this.#longestPause = longestPauseMs;
    addEventListener('online', () => this.#try());
    document.addEventListener('visibilitychange', () => this.#tryIfSeen());
  }

  /** Call `again`, once; each time later than the last. */
  later(again: () => void): void {
    this.#again = again;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tryIfSeen(), this.#pause);
    this.#pause = Math.min(2 * this.#pause, this.#longestPause);
  }

  /** Nothing is to be tried any more; the next pause is a short one. */
  cancel(): void {
    this.#again = null;
    clearTimeout(this.#timer);
    this.#pause = FIRST_PAUSE_MS;
  }

  #tryIfSeen(): void {
    if (document.visibilityState === 'visible') this.#try();
  }

  #try(): void {
    const again = this.#again;
    this.#again = null;
    clearTimeout(this.#timer);
    again?.();
  }
}
