/** Calls to a worker that may die: when it stops, all that is pending and all that comes later is rejected. */
export class PendingCalls {
  readonly #rejects = new Set<(reason: Error) => void>();
  #stopped: Error | null = null;

  /** Make a call, to settle as it does or to be rejected by `stop`, whichever comes first. */
  run<T>(call: () => Promise<T>): Promise<T> {
    // A list of its own, and not a race with one long promise, which would keep every call for ever.
    return new Promise((resolve, reject) => {
      if (this.#stopped) throw this.#stopped;
      this.#rejects.add(reject);
      call()
        .then(resolve, reject)
        .finally(() => this.#rejects.delete(reject));
    });
  }

  /** The worker will not answer again; the first reason counts. */
  stop(reason: Error): void {
    this.#stopped ??= reason;
    for (const reject of this.#rejects) reject(this.#stopped);
    this.#rejects.clear();
  }
}
