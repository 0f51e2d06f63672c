import type { Ink, Stroke } from '../ink';
import type { Head } from '../learning/head';
import type { Model } from '../network';
import { inkLines } from '../number/inkLines';
import { InkReader } from '../number/inkReader';
import { type Classify, type DigitReading, inDoubt, type Reading } from '../reading';

/** Reads ink with a network whose head may have learnt. A recognizer has one on the page, and one in the worker. */
export class DigitReader {
  readonly #model: Model;
  readonly #newInkReader: () => InkReader;
  /** One for each line of ink: each remembers what it has read. */
  readonly #inkReaders: InkReader[] = [];
  #learnt: Head | null = null;
  #usesLearnt = true;

  /**
   * @param model of its own; its body may be shared.
   * @param confidenceThreshold the confidence that a digit must exceed to be named.
   * @param classify runs the model.
   */
  constructor(model: Model, confidenceThreshold: number, classify: Classify) {
    this.#model = model;
    this.#newInkReader = () => new InkReader(classify, confidenceThreshold);
  }

  /** See Recognizer.readInk. */
  async readInk(ink: Ink): Promise<Reading> {
    const lines = inkLines(ink);
    const isOne = lines.length === 1 && lines[0]?.length === ink.length;
    if (isOne) return this.#readLine(ink, this.#inkReader(0));
    return (await this.#readLines(ink, lines)) ?? this.#inkReader(0).read(ink);
  }

  /**
   * Read lines, one below the other. Null where more than half of their digits are in doubt, and where they may be one row:
   * each line is one digit, or all are 0s, as of 8s that are written as two circles.
   */
  async #readLines(ink: Ink, lines: readonly number[][]): Promise<Reading | null> {
    const digits: DigitReading[] = [];
    for (const [i, line] of lines.entries()) {
      const lineInk = line.map((place) => ink[place] as Stroke);
      const reading = await this.#readLine(lineInk, this.#inkReader(i));
      for (const digit of reading.digits) {
        digits.push({ ...digit, strokes: digit.strokes?.map((place) => line[place] as number) ?? [] });
      }
    }
    const doubts = digits.filter((digit) => inDoubt([digit])).length;
    const oneRow = digits.length <= lines.length || digits.every(({ digit }) => digit === 0);
    if ((oneRow && lines.length > 1) || 2 * doubts > digits.length) return null;
    return { text: digits.map(({ digit }) => digit ?? '?').join(''), digits };
  }

  /** Read a digit or a number; where it is in doubt, also as one that was written without lifting the pen. */
  async #readLine(ink: Ink, reader: InkReader): Promise<Reading> {
    const reading = reader.read(ink);
    if (!inDoubt(reading.digits)) return reading;
    const joined = await import('../number/readJoined').catch(() => null); // without it, the reading stays unsure
    return joined?.readJoined(ink, reader) ?? reading;
  }

  #inkReader(line: number): InkReader {
    const reader = this.#inkReaders[line] ?? this.#newInkReader();
    this.#inkReaders[line] = reader;
    return reader;
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
    for (const reader of this.#inkReaders) reader.forget();
    this.#model.replaceHead(this.#usesLearnt ? this.#learnt : null);
  }
}
