/** Does one job after the other, because a decoded picture takes a hundred times the memory of its file. */
export class ReadQueue<Item, Done> {
  readonly #read: (item: Item, signal: AbortSignal) => Promise<Done>;
  readonly #onDone: (done: Done, item: Item) => void;
  readonly #onEnd: () => void;
  #waiting: Item[] = [];
  #running = false;
  /** The item that is being read, and what ends that. */
  #current: { readonly item: Item; readonly controller: AbortController } | null = null;
  /** Another one since the last `clear`: what was begun before it is dropped. */
  #round = {};
  /** How many of this round are done, and how many there are. */
  #done = 0;
  #all = 0;

  /**
   * @param read must not reject, and must soon return where its signal is aborted.
   * @param onDone called for each item, in their order.
   * @param onEnd called when nothing waits any more, unless the queue was cleared.
   */
  constructor(
    read: (item: Item, signal: AbortSignal) => Promise<Done>,
    onDone: (done: Done, item: Item) => void,
    onEnd: () => void,
  ) {
    this.#read = read;
    this.#onDone = onDone;
    this.#onEnd = onEnd;
  }

  /** How many are done, of how many since the queue was empty; null when nothing waits. */
  get progress(): { readonly done: number; readonly all: number } | null {
    return this.#all > 0 ? { done: this.#done, all: this.#all } : null;
  }

  /** Add items after those that wait. */
  add(items: readonly Item[]): void {
    this.#waiting.push(...items);
    this.#all += items.length;
    if (!this.#running) void this.#run();
  }

  /** Stop reading an item, or no longer let it wait. @returns whether it was being read, so that `onDone` follows. */
  stop(item: Item): boolean {
    if (this.#current?.item === item) {
      this.#current.controller.abort();
      return true;
    }
    const place = this.#waiting.indexOf(item);
    if (place >= 0) {
      this.#waiting.splice(place, 1);
      this.#all--;
    }
    return false;
  }

  /** Forget what waits and stop what is being read. */
  clear(): void {
    this.#waiting = [];
    this.#round = {};
    this.#done = this.#all = 0;
    this.#current?.controller.abort();
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let item = this.#waiting.shift(); item !== undefined; item = this.#waiting.shift()) {
      const round = this.#round;
      const controller = new AbortController();
      this.#current = { item, controller };
      const done = await this.#read(item, controller.signal);
      this.#current = null;
      if (round !== this.#round) continue;
      this.#done++;
      this.#onDone(done, item);
      if (this.#done < this.#all) continue;
      this.#done = this.#all = 0;
      this.#onEnd();
    }
    this.#running = false;
  }
}
