import { expect, test } from 'vitest';

test('a server without elements can import the module, which does nothing', async () => {
  expect('HTMLElement' in globalThis).toBe(false);
  const { DigitPadElement, rasterizeInk } = await import('../../../webapp/src/api');
  expect(DigitPadElement.formAssociated).toBe(true);
  expect(rasterizeInk([[[0, 0]]])).toHaveLength(784);
});
