import { expect, test } from 'vitest';
import { neededFiles } from '../../../webapp/src/service-worker/neededFiles';

const manifest = [
  'index.html',
  'assets/tfjs-backend-wasm-simd-0123456789ab.wasm',
  'assets/tfjs-backend-wasm-ba9876543210.wasm',
  'assets/cpuBackend-DxYz12_-.js',
  'model/0123456789ab/group1-shard1of3.bin',
].map((url) => ({ url, revision: null }));

test.each([
  ['simd', [0, 1, 3, 4]],
  ['plain', [0, 2, 3, 4]],
  ['none', [0, 3, 4]],
] as const)('with WebAssembly %s the files it asks for are kept', (support, kept) => {
  expect(neededFiles(manifest, support)).toEqual(kept.map((i) => manifest[i]));
});
