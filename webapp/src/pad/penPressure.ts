/** The speed, in CSS pixels a millisecond, that counts as a middling pressure. */
const MIDDLING_SPEED = 0.5;

/** How fast the pressure follows the speed, in milliseconds: the clocks of pointers are not exact. */
const DELAY = 60;

/** The pressure of a stroke's first point, and of strokes whose points have no time of their own. */
export const MIDDLING_PRESSURE = 0.5;

/**
 * The pressure, 0 to 1, of a pen that reports none: slow is heavy, fast is light.
 *
 * @param before the pressure at the point before.
 * @param distance from the point before, in CSS pixels.
 * @param elapsed since the point before, in milliseconds; where the browser doesn't tell, it is 0.
 */
export function pressureOfSpeed(before: number, distance: number, elapsed: number): number {
  if (!(elapsed > 0)) return before;
  const aim = MIDDLING_SPEED / (MIDDLING_SPEED + distance / elapsed);
  return before + (aim - before) * (1 - Math.exp(-elapsed / DELAY));
}
