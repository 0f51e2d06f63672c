/** What the browser's WebAssembly can do. The recognizer's worker and the service worker use it. */
export type WasmSupport = 'simd' | 'plain' | 'none';

/** The smallest module that uses a SIMD instruction: `(func (result v128) (i8x16.splat (i32.const 0)))`. */
const SIMD_MODULE = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // "\0asm", version 1
  ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b], // types: () -> v128
  ...[0x03, 0x02, 0x01, 0x00], // functions: one of type 0
  ...[0x0a, 0x08, 0x01, 0x06, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0x0b], // code: i32.const 0, i8x16.splat, end
);

/** Which WebAssembly this browser has. */
export function wasmSupport(): WasmSupport {
  if (typeof WebAssembly !== 'object') return 'none';
  return WebAssembly.validate(SIMD_MODULE) ? 'simd' : 'plain';
}
