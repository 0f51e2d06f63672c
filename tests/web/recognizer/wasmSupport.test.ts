import { expect, test, vi } from 'vitest';
import { wasmSupport } from '../../../webapp/src/recognizer/wasmSupport';

test('an engine with SIMD is seen to have it', () => {
  expect(wasmSupport()).toBe('simd');
});

test('an engine that refuses the SIMD module has plain WebAssembly', () => {
  vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
  expect(wasmSupport()).toBe('plain');
  vi.restoreAllMocks();
});

test('an engine without WebAssembly', () => {
  vi.stubGlobal('WebAssembly', undefined);
  expect(wasmSupport()).toBe('none');
  vi.unstubAllGlobals();
});
