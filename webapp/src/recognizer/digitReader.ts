import type { Ink } from '../ink';
import type { Head } from '../learning/head';
import type { Model } from '../network';
import { InkReader } from '../number/inkReader';
import { type Classify, inDoubt, type Reading } from '../reading';

/** Reads ink with a network whose head may have learnt. A recognizer has one on the page, and one in the worker. */
export class DigitReader {
  readonly #model: Model;
  readonly #inkReader: InkReader;
  #learnt: Head | null = null;
  #usesLearnt = true;

  /**
   * @param model of its own; its body may be shared.
   * @param confidenceThreshold the confidence that a digit must exceed to be named.
   * @param classify runs the model.
   */
  constructor(model: Model, confidenceThreshold: number, classify: Classify) {
    this.#model = model;
    this.#inkReader = new InkReader(classify, confidenceThreshold);
  }

  /** See Recognizer.readInk. */
  async readInk(ink: Ink): Promise<Reading> {
    const reading = this.#inkReader.read(ink);
    if (!inDoubt(reading.digits)) return reading;
    const unusual = await import('../number/unusualInk').catch(() => null); // without it, the reading stays unsure
    return unusual?.readUnusual(ink, this.#inkReader) ?? reading;
  }

  /** Whether readings use what was learnt. */
  get usesLearnt(): boolean {
    return this.#usesLearnt;
  }

  set usesLearnt(use: boolean) {
    this.#usesLearnt = use;
    this.#replaceHead();
  }

  /** The head that was learnt; null where nothing is. */
  set learnt(head: Head | null) {
    this.#learnt = head;
    this.#replaceHead();
  }

  #replaceHead(): void {
    this.#inkReader.forget();
    this.#model.replaceHead(this.#usesLearnt ? this.#learnt : null);
  }
}
