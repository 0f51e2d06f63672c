import { expect, test } from 'vitest';
import { transpose } from '../../../webapp/src/bitmap/plane';

test('rows and columns are exchanged, also beyond one square of pixels', () => {
  const [width, height] = [70, 45];
  const data = Int16Array.from({ length: width * height }, (_, i) => i);
  const turned = transpose({ width, height, data });
  expect([turned.width, turned.height]).toEqual([height, width]);
  const expected = Array.from({ length: width * height }, (_, i) => (i % height) * width + Math.floor(i / height));
  expect([...turned.data]).toEqual(expected);
});
