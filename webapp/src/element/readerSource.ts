import type { Recognizer } from '../recognizer';
import { borrow, endLoan, giveBack, type Loan } from './sharedRecognizer';

/** A recognizer, or one that is on its way. */
export type SomeRecognizer = Recognizer | Promise<Recognizer>;

/** Where a pad gets its recognizer: from the page, else the one that all pads share, once it is needed. */
export class ReaderSource {
  /** Whether the last one did not load, or failed. */
  failed = false;
  readonly #onReader: (reader: Recognizer | null) => void;
  readonly #onFailure: (error: Error) => void;
  #given: SomeRecognizer | null = null;
  #loan: Loan | null = null;

  /** @param onReader called with a recognizer once it is there, and with null once it is no longer to be used. */
  constructor(onReader: (reader: Recognizer | null) => void, onFailure: (error: Error) => void) {
    this.#onReader = onReader;
    this.#onFailure = onFailure;
  }

  get given(): SomeRecognizer | null {
    return this.#given;
  }

  set given(given: SomeRecognizer | null) {
    this.#given = given;
    this.release();
    if (given) this.#use(given, () => given === this.#given);
    else this.#onReader(null);
  }

  /** Load the shared recognizer of a site, unless there is one. */
  need(site: string): void {
    if (this.#given || this.#loan) return;
    const loan = borrow(site);
    this.#loan = loan;
    this.#use(loan.reader, () => loan === this.#loan);
  }

  /** Use the shared recognizer no longer. */
  release(end = giveBack): void {
    if (!this.#loan) return;
    end(this.#loan);
    this.#loan = null;
    this.#onReader(null);
  }

  /** The recognizer has failed: the next need starts another. */
  fail(error: Error): void {
    this.failed = true;
    this.release(endLoan);
    this.#onReader(null);
    this.#onFailure(error);
  }

  #use(reader: SomeRecognizer, isPresent: () => boolean): void {
    this.#onReader(null);
    Promise.resolve(reader).then(
      (ready) => {
        if (!isPresent()) return;
        this.failed = false;
        this.#onReader(ready);
      },
      (error) => isPresent() && this.fail(error),
    );
  }
}
