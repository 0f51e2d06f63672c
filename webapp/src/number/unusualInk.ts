/** Ink that is no single row of digits apart from each other: a chunk of the worker's own, fetched when it is drawn. */

import type { Ink, Stroke } from '../ink/ink';
import { inDoubt } from '../reading/doubt';
import type { Reading } from '../reading/reading';
import { cutCandidates } from './cutCandidates';
import { inkLines } from './inkLines';
import type { InkReader } from './inkReader';

/**
 * Read several lines, one below the other, or digits that were written without lifting the pen. Null where it is neither,
 * or a digit of several lines is in doubt.
 *
 * @throws TypeError where a point is no pair of finite numbers.
 */
export function readUnusual(ink: Ink, reader: InkReader): Reading | null {
  const lines = inkLines(ink);
  if (lines.length < 2) return reader.readJoined(ink, cutCandidates);
  const digits = lines.flatMap((line) => {
    const own = line.map((place) => ink[place] as Stroke);
    const apart = reader.read(own);
    const read = inDoubt(apart.digits) ? (reader.readJoined(own, cutCandidates) ?? apart) : apart;
    return read.digits.map((digit) => ({
      ...digit,
      strokes: digit.strokes?.map((place) => line[place] as number) ?? [],
    }));
  });
  const text = digits.map(({ digit }) => digit ?? '?').join('');
  return inDoubt(digits) || text.length === lines.length ? null : { text, digits };
}
