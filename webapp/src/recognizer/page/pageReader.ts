import { type Ink, PIXELS } from '../../ink';
import type { Head } from '../../learning/head';
import type { Model } from '../../network';
import type { Reading } from '../../reading';
import { DigitReader } from '../digitReader';

/**
 * Images that the page classifies for one reading; a slow phone takes two milliseconds for each. A digit is one image, and
 * of a number each new stroke asks for few.
 */
const MOST_IMAGES = 8;

const TOO_MUCH = new Error('This takes too long for the page.');

/** Reads on the page what takes less time than a message to the worker and back. */
export class PageReader {
  readonly #model: Model;
  readonly #reader: DigitReader;
  readonly #most: number;
  #left = 0;
  /** Ink of so many strokes was too much. While it grows, it is not tried again. */
  #strokes = Infinity;

  /** @param model of its own; its body may be shared. */
  constructor(model: Model, confidenceThreshold: number) {
    this.#model = model;
    this.#most = model.backend === 'cpu' ? 0 : MOST_IMAGES; // plain JavaScript takes forty times as long
    this.#reader = new DigitReader(model, confidenceThreshold, (pixels) => {
      this.#left -= pixels.length / PIXELS;
      if (this.#left < 0) throw TOO_MUCH;
      return model.classify(pixels);
    });
  }

  /** n×784 pixels to n×10 probabilities; null where the worker should do it. */
  classify(pixels: Float32Array): Float32Array | null {
    return pixels.length > this.#most * PIXELS ? null : this.#model.classify(pixels);
  }

  /** Read ink; null where the worker should do it. */
  async readInk(ink: Ink): Promise<Reading | null> {
    if (ink.length < this.#strokes) this.#strokes = Infinity;
    else return null;
    this.#left = this.#most;
    try {
      return await this.#reader.readInk(ink);
    } catch (error) {
      if (error !== TOO_MUCH) throw error;
      this.#strokes = ink.length;
      return null;
    }
  }

  /** Whether readings use what was learnt. */
  get usesLearnt(): boolean {
    return this.#reader.usesLearnt;
  }

  set usesLearnt(use: boolean) {
    this.#reader.usesLearnt = use;
  }

  /** The head that the worker learnt; null where nothing is. */
  set learnt(head: Head | null) {
    this.#reader.learnt = head;
  }
}
