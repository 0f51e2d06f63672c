/** Reads ink that is not a single row of separate digits: a chunk of its own, fetched when such ink is drawn. */
import type { Ink, Stroke } from '../ink';
import { inDoubt, type Reading } from '../reading';
import { inkLines } from './inkLines';
import type { InkReader } from './inkReader';
import { readJoined } from './readJoined';

/**
 * Read several lines, one below the other, or digits that were written without lifting the pen. Null where the ink is
 * neither, or where a digit of several lines is in doubt.
 *
 * @throws TypeError where a point is not a pair of finite numbers.
 */
export function readUnusual(ink: Ink, reader: InkReader): Reading | null {
  const lines = inkLines(ink);
  if (lines.length < 2) return readJoined(ink, reader);
  const digits = lines.flatMap((line) => {
    const lineInk = line.map((place) => ink[place] as Stroke);
    const separate = reader.read(lineInk);
    const reading = inDoubt(separate.digits) ? (readJoined(lineInk, reader) ?? separate) : separate;
    return reading.digits.map((digit) => ({
      ...digit,
      strokes: digit.strokes?.map((place) => line[place] as number) ?? [],
    }));
  });
  const text = digits.map(({ digit }) => digit ?? '?').join('');
  return inDoubt(digits) || text.length === lines.length ? null : { text, digits };
}
