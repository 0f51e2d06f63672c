/**
 * Calls to a worker that may die: when it stops, all pending calls and all later ones are rejected.
 *
 * A browser that lacks memory ends a worker without a message, so a call that takes longer than its limit counts as the end.
 */
export class PendingCalls {
  readonly #rejects = new Set<(reason: Error) => void>();
  #stopped: Error | null = null;

  /**
   * Make a call. The promise settles as the call does, or `stop` rejects it.
   *
   * @param call gets a function that starts its time again.
   * @param onTimeout called after `limitMs`; it may `stop` with a reason.
   */
  run<T>(call: (restart: () => void) => Promise<T>, limitMs = Infinity, onTimeout = () => {}): Promise<T> {
    // Not Promise.race: the long-lived promise would keep every call in memory.
    return new Promise((resolve, reject) => {
      if (this.#stopped) throw this.#stopped;
      this.#rejects.add(reject);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const restart = () => {
        clearTimeout(timer);
        if (limitMs < Infinity && this.#rejects.has(reject)) timer = setTimeout(onTimeout, limitMs);
      };
      restart();
      call(restart)
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer);
          this.#rejects.delete(reject);
        });
    });
  }

  /** The worker will not answer again. The first reason counts. */
  stop(reason: Error): void {
    this.#stopped ??= reason;
    for (const reject of this.#rejects) reject(this.#stopped);
    this.#rejects.clear();
  }
}
