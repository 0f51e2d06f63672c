const FIRST_PAUSE_MS = 1000;

/**
 * Retries what failed because of the connection: when the network is back, when the user returns to the page, and after
 * growing pauses while the page is visible. A hidden page sends no requests.
 */
export class RetryLater {
  #retry: (() => void) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pause = FIRST_PAUSE_MS;
  readonly #longestPause: number;

  constructor(longestPauseMs = 60_000) {
    this.#longestPause = longestPauseMs;
    addEventListener('online', () => this.#run());
    document.addEventListener('visibilitychange', () => this.#runIfVisible());
  }

  /** Call `retry` once. Each pause is twice the last. */
  later(retry: () => void): void {
    this.#retry = retry;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#runIfVisible(), this.#pause);
    this.#pause = Math.min(2 * this.#pause, this.#longestPause);
  }

  /** Drop the retry. The next pause is a short one again. */
  cancel(): void {
    this.#retry = null;
    clearTimeout(this.#timer);
    this.#pause = FIRST_PAUSE_MS;
  }

  #runIfVisible(): void {
    if (document.visibilityState === 'visible') this.#run();
  }

  #run(): void {
    const retry = this.#retry;
    this.#retry = null;
    clearTimeout(this.#timer);
    retry?.();
  }
}
