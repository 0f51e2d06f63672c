import { expect, test } from 'vitest';
import { minimize } from '../../../webapp/src/learning/minimize';

test('finds the lowest place of a long, narrow valley, and leaves its start as it was', () => {
  const steep = [1, 100, 10_000];
  const bottom = [3, -2, 0.5];
  const valley = (x: Float64Array, gradient: Float64Array) => {
    let value = 0;
    for (let i = 0; i < 3; i++) {
      const away = (x[i] as number) - (bottom[i] as number);
      gradient[i] = (steep[i] as number) * away;
      value += ((steep[i] as number) * away * away) / 2;
    }
    return value;
  };
  const start = new Float64Array(3);
  const found = minimize(valley, start, 50, 1e-9);
  for (let i = 0; i < 3; i++) expect(found[i]).toBeCloseTo(bottom[i] as number, 6);
  expect([...start]).toEqual([0, 0, 0]);
});

test('finds its way down where all is very steep', () => {
  const steep = (x: Float64Array, gradient: Float64Array) => {
    gradient[0] = 1e9 * ((x[0] as number) - 2);
    return (1e9 * ((x[0] as number) - 2) ** 2) / 2;
  };
  expect(minimize(steep, new Float64Array(1), 20, 1e-9)[0]).toBeCloseTo(2, 6);
});

test('stays where the slope is zero, and never goes up', () => {
  const bowl = (x: Float64Array, gradient: Float64Array) => {
    gradient[0] = 4 * (x[0] as number) ** 3;
    return (x[0] as number) ** 4;
  };
  expect([...minimize(bowl, Float64Array.of(0), 10)]).toEqual([0]);
  const [place] = minimize(bowl, Float64Array.of(50), 3);
  expect(Math.abs(place as number)).toBeLessThan(50);
});
