/** Does one job after the other, because a decoded picture takes a hundred times the memory of its file. */
export class ReadQueue<Item, Done> {
  readonly #read: (item: Item) => Promise<Done>;
  readonly #onDone: (done: Done) => void;
  readonly #onEnd: () => void;
  #waiting: Item[] = [];
  #running = false;
  /** Another one since the last `clear`: what was begun before it is dropped. */
  #round = {};
  /** How many of this round are done, and how many there are. */
  #done = 0;
  #all = 0;

  /**
   * @param read must not reject.
   * @param onDone called for each item, in their order.
   * @param onEnd called when nothing waits any more, unless the queue was cleared.
   */
  constructor(read: (item: Item) => Promise<Done>, onDone: (done: Done) => void, onEnd: () => void) {
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

  /** Forget what waits and drop what is being read. */
  clear(): void {
    this.#waiting = [];
    this.#round = {};
    this.#done = this.#all = 0;
  }

  async #run(): Promise<void> {
    this.#running = true;
    for (let item = this.#waiting.shift(); item !== undefined; item = this.#waiting.shift()) {
      const round = this.#round;
      const done = await this.#read(item);
      if (round !== this.#round) continue;
      this.#done++;
      this.#onDone(done);
      if (this.#done < this.#all) continue;
      this.#done = this.#all = 0;
      this.#onEnd();
    }
    this.#running = false;
  }
}
