/** Calls to a worker that may end: then all pending calls and all later ones are rejected. */
export class PendingCalls {
  readonly #rejects = new Set<(reason: Error) => void>();
  #stopped: Error | null = null;

  /** Make a call. The promise settles as the call does, or `stop` rejects it. */
  run<T>(call: () => Promise<T>): Promise<T> {
    // Not Promise.race: the long-lived promise would keep every call in memory.
    return new Promise((resolve, reject) => {
      if (this.#stopped) throw this.#stopped;
      this.#rejects.add(reject);
      call()
        .then(resolve, reject)
        .finally(() => this.#rejects.delete(reject));
    });
  }

  /** Nobody will answer again. The first reason counts. */
  stop(reason: Error): void {
    this.#stopped ??= reason;
    for (const reject of this.#rejects) reject(this.#stopped);
    this.#rejects.clear();
  }
}
