import { expect, test } from 'vitest';
import { InvalidInputError } from '../../../../webapp/src/errors';
import { checkPixels } from '../../../../webapp/src/recognizer/page/checkPixels';

const image = (changes: Record<number, number> = {}, length = 784) =>
  Object.assign(new Float32Array(length).fill(0.5), changes);

test.each([
  ['an array', [0, 1], 'pixels is [0, 1]; give a Float32Array.', [0, 1]],
  ['bytes', new Uint8Array(784), 'pixels is [object Uint8Array]; give a Float32Array.', new Uint8Array(784)],
  ['nothing', null, 'pixels is null; give a Float32Array.', null],
  ['a part of an image', image({}, 783), 'The number of pixels is 783; give 784 an image.', 783],
  ['NaN', image({ 3: Number.NaN }), 'Pixel 3 is NaN; give each as 0 (paper) to 1 (ink).', Number.NaN],
  ['bytes as floats', image({ 783: 255 }), 'Pixel 783 is 255; give each as 0 (paper) to 1 (ink).', 255],
  ['less than paper', image({ 0: -0.5 }), 'Pixel 0 is -0.5; give each as 0 (paper) to 1 (ink).', -0.5],
])('%s is refused', (_, pixels, message, value) => {
  let thrown: unknown;
  try {
    checkPixels(pixels);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(InvalidInputError);
  expect(thrown).toMatchObject({ message });
  expect((thrown as InvalidInputError).value).toEqual(value);
});

test('any number of images is right, or one where one is wanted', () => {
  for (const length of [0, 784, 1568]) expect(() => checkPixels(image({ 0: 0 }, length))).not.toThrow();
  expect(() => checkPixels(image({ 9: 1 }), true)).not.toThrow();
  const refused = 'The number of pixels is 1568; give one image of 784.';
  expect(() => checkPixels(image({}, 1568), true)).toThrow(refused);
  expect(() => checkPixels(image({}, 0), true)).toThrow(InvalidInputError);
});
