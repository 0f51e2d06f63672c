/**
 * Calls to a worker that may die: when it stops, all that is pending and all that comes later is rejected.
 *
 * A browser short of memory ends a worker without a word; silence longer than a call's limit counts as its end.
 */
export class PendingCalls {
  readonly #rejects = new Set<(reason: Error) => void>();
  #stopped: Error | null = null;

  /**
   * Make a call, to settle as it does or to be rejected by `stop`, whichever comes first.
   *
   * @param limitMs after which `onSilence` is called, to `stop` with a reason.
   */
  run<T>(call: () => Promise<T>, limitMs = Infinity, onSilence = () => {}): Promise<T> {
    // A list of its own, and not a race with one long promise, which would keep every call for ever.
    return new Promise((resolve, reject) => {
      if (this.#stopped) throw this.#stopped;
      this.#rejects.add(reject);
      const silence = limitMs < Infinity ? setTimeout(onSilence, limitMs) : undefined;
      call()
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(silence);
          this.#rejects.delete(reject);
        });
    });
  }

  /** The worker will not answer again; the first reason counts. */
  stop(reason: Error): void {
    this.#stopped ??= reason;
    for (const reject of this.#rejects) reject(this.#stopped);
    this.#rejects.clear();
  }
}
