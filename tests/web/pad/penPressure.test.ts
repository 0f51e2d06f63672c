import { expect, test } from 'vitest';
import { pressureOfSpeed } from '../../../webapp/src/pad/penPressure';

/** The pressure after `time` ms at a speed in CSS pixels a millisecond, with a point every `step` ms. */
function after(time: number, speed: number, step: number): number {
  let pressure = 0.5;
  for (let at = 0; at < time; at += step) pressure = pressureOfSpeed(pressure, speed * step, step);
  return pressure;
}

test('a slow pen presses more than a fast one, between 0 and 1', () => {
  const [still, slow, fast] = [after(500, 0, 10), after(500, 0.2, 10), after(500, 2, 10)];
  expect(1).toBeGreaterThanOrEqual(still);
  expect(still).toBeGreaterThan(slow + 0.1);
  expect(slow).toBeGreaterThan(0.5);
  expect(fast).toBeLessThan(0.3);
  expect(fast).toBeGreaterThan(0);
});

test('a screen that reports twice as often makes no difference', () => {
  expect(after(64, 1, 4)).toBeCloseTo(after(64, 1, 8), 10);
});

test('without a time the pressure stays', () => {
  expect(pressureOfSpeed(0.4, 10, 0)).toBe(0.4);
  expect(pressureOfSpeed(0.4, 10, -5)).toBe(0.4);
  expect(pressureOfSpeed(0.4, 10, Number.NaN)).toBe(0.4);
});
