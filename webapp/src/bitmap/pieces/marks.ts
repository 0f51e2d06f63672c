import { type Box, middleY, overlapX } from '../../box';

/** A sign beside a digit shares less than this part of its width with it. */
const MAX_SHARED = 0.3;

/** A minus is so much wider than high, so wide, and its middle so far down: shares of the digit's height. */
const MIN_ASPECT = 1.6;
const MIN_WIDTH = 0.22;
const MIDDLE = [0.25, 0.8] as const;

/** A point or comma is no larger than this share of the digit's height, and begins below this one. */
const MAX_SIZE = 0.4;
const LOW = 0.62;

/** A bar below a digit's foot that shares less of its width with it is a line's: of an equals sign beside an exponent. */
const MAX_SHARED_BELOW = 0.75;

/** Whether a small piece beside a digit is a minus, a point or a comma by its shape and place, and so no part of the digit. */
export function isMark(part: Box, digit: Box): boolean {
  const shared = overlapX(part, digit) / part.width;
  const below = part.y >= digit.y + digit.height && part.width >= MIN_ASPECT * part.height;
  if (below && shared < MAX_SHARED_BELOW) return true;
  if (shared > MAX_SHARED) return false;
  const middle = (middleY(part) - digit.y) / digit.height;
  const flat = part.width >= MIN_ASPECT * part.height && part.width >= MIN_WIDTH * digit.height;
  if (flat && middle > MIDDLE[0] && middle < MIDDLE[1]) return true;
  const small = Math.max(part.width, part.height) <= MAX_SIZE * digit.height;
  return small && part.y - digit.y > LOW * digit.height;
}
