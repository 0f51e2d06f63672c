import type { ImageReading } from '../../api';
import type { Box } from '../../box';
import { type EmptyPlace, linesOf, type PictureDigit } from './pictureResult';

/** What was read on one file, or why nothing was. */
export type JsonSource =
  | { readonly name: string; readonly why: string }
  | {
      readonly name: string;
      readonly reading: ImageReading;
      readonly digits: readonly PictureDigit[];
      readonly empty: readonly EmptyPlace[];
    };

/** One file of the saved results. All but `name` and `error` is empty or null where nothing was read. */
export interface JsonPicture {
  readonly name: string;
  /** Why nothing was read, in a sentence; else null. */
  readonly error: string | null;
  /** Pixels of the picture as it was given, with its EXIF orientation applied. Boxes are in them. */
  readonly width: number | null;
  readonly height: number | null;
  /** The digits of each line, from the top, with what the user said; "?" if unsure, "_" for an empty box. */
  readonly lines: readonly string[];
  readonly digits: readonly JsonDigit[];
  /** What was done with the picture, as `readImage` of the API returns it. */
  readonly remarks: ImageReading['remarks'] | null;
}

/** One digit, in the order of reading. */
export interface JsonDigit {
  /** What was read: 0 to 9; null if unsure. */
  readonly digit: number | null;
  /** Of the likeliest digit, 0 to 1. */
  readonly confidence: number;
  /** Of the ten digits. */
  readonly probabilities: readonly number[];
  readonly box: Box;
  /** What the user said: 0 to 9, or null for no digit. Absent where the user said nothing. */
  readonly said?: number | null;
}

const DECIMALS = 4;

/** Results as JSON: `{ "format": "digitpad-pictures", "version": 1, "pictures": JsonPicture[] }`. */
export function asJson(sources: readonly JsonSource[]): string {
  const pictures = sources.map((source): JsonPicture => {
    const { name } = source;
    if ('why' in source) {
      return { name, error: source.why, width: null, height: null, lines: [], digits: [], remarks: null };
    }
    const { width, height, remarks, digits: read } = source.reading;
    const digits = source.digits.map(({ digit, confidence, probabilities, said }, i): JsonDigit => {
      const { box } = read[i] as (typeof read)[0];
      return {
        digit,
        confidence: rounded(confidence),
        probabilities: probabilities.map(rounded),
        box: { x: rounded(box.x), y: rounded(box.y), width: rounded(box.width), height: rounded(box.height) },
        ...(said === undefined ? {} : { said }),
      };
    });
    return { name, error: null, width, height, lines: linesOf(source.digits, source.empty), digits, remarks };
  });
  return `${JSON.stringify({ format: 'digitpad-pictures', version: 1, pictures }, null, 1)}\n`;
}

function rounded(value: number): number {
  return Number(value.toFixed(DECIMALS));
}
