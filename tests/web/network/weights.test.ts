import { expect, test } from 'vitest';
import { ModelLoadError } from '../../../webapp/src/errors';
import { decodeWeights } from '../../../webapp/src/network/weights';

const spread = (dtype: string) => ({ dtype, scale: 0.5, min: -1 });

test('weights of one or two bytes are spread over their range, wherever they begin', () => {
  const entries = [
    { name: 'bytes', shape: [1, 3], dtype: 'float32', quantization: spread('uint8') },
    { name: 'pairs', shape: [2], dtype: 'float32', quantization: spread('uint16') },
    { name: 'floats', shape: [1], dtype: 'float32' },
  ];
  const data = Uint8Array.of(0, 6, 255, 2, 0, 0, 1, ...new Uint8Array(Float32Array.of(1.5).buffer)).buffer;
  const weights = decodeWeights(entries, data);
  expect(weights.get('bytes')).toMatchObject({ shape: [1, 3], values: Float32Array.of(-1, 2, 126.5) });
  expect(weights.get('pairs')?.values).toEqual(Float32Array.of(0, 127));
  expect(weights.get('floats')?.values).toEqual(Float32Array.of(1.5));
});

test.each([
  ['of another kind', { name: 'ints', shape: [1], dtype: 'int32' }, 'weight ints are int32'],
  [
    'spread otherwise',
    { name: 'w', shape: [1], dtype: 'float32', quantization: { dtype: 'float16' } },
    'w are float16',
  ],
  ['cut off', { name: 'w', shape: [3], dtype: 'float32' }, 'w are missing'],
])('numbers that are %s are refused', (_, entry, words) => {
  const decode = () => decodeWeights([entry], new ArrayBuffer(8));
  expect(decode).toThrow(ModelLoadError);
  expect(decode).toThrow(words);
});
