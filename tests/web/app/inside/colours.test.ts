import { expect, test } from 'vitest';
import { type Colour, divergingScale, STEPS, sequentialScale, stepOf } from '../../../../webapp/src/app/inside/colours';

/** Linear light, 0 to 1 each. */
const linear = (colour: Colour) =>
  colour.map((level) => (level <= 10 ? level / 255 / 12.92 : ((level / 255 + 0.055) / 1.055) ** 2.4));

/** Relative luminance, as in WCAG. */
const luminance = (colour: Colour) => {
  const [red = 0, green = 0, blue = 0] = linear(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** What somebody sees who lacks one kind of cone (Machado, Oliveira and Fernandes 2009), on linear light. */
const DEFICIENCIES = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

const seenBy = (matrix: readonly number[], colour: Colour) => {
  const light = linear(colour);
  return [0, 3, 6].map((row) => light.reduce((sum, level, i) => sum + (matrix[row + i] as number) * level, 0));
};

const distance = (one: readonly number[], other: readonly number[]) =>
  Math.hypot(...one.map((value, i) => value - (other[i] as number)));

test.each([
  [true, 1],
  [false, -1],
])('lightness alone tells the values apart, in a page that is dark: %s', (dark, direction) => {
  const scale = sequentialScale(dark).map(luminance);
  expect(scale).toHaveLength(STEPS);
  for (let step = 8; step < STEPS; step += 8) {
    expect(direction * ((scale[step] as number) - (scale[step - 8] as number))).toBeGreaterThan(0);
  }
  // From end to end as much contrast as text needs.
  const [low, high] = [Math.min(...scale), Math.max(...scale)];
  expect((high + 0.05) / (low + 0.05)).toBeGreaterThan(7);
});

test.each([true, false])('for, against and neither differ for everybody, in a page that is dark: %s', (dark) => {
  const scale = divergingScale(dark);
  const [against, neither, speaksFor] = [0, STEPS / 2, STEPS - 1].map((step) => scale[step] as Colour);
  if (!against || !neither || !speaksFor) throw new Error('The scale is too short.');
  for (const matrix of Object.values(DEFICIENCIES)) {
    const seen = [against, neither, speaksFor].map((colour) => seenBy(matrix, colour));
    for (const [one, other] of [
      [0, 1],
      [1, 2],
      [0, 2],
    ] as const) {
      expect(distance(seen[one] ?? [], seen[other] ?? [])).toBeGreaterThan(0.12);
    }
  }
  // Grey in the middle.
  expect(Math.max(...neither) - Math.min(...neither)).toBeLessThan(4);
});

test('a value beyond the scale has the colour of its end', () => {
  expect([-1, 0, 0.5, 1, 7].map(stepOf)).toEqual([0, 0, 128, STEPS - 1, STEPS - 1]);
});
