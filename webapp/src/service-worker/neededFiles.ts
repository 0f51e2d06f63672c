import type { WasmSupport } from '../recognizer/wasmSupport';

/** Which of the site's files this browser may ask for: of the WASM runtimes one, and all else. */
export function neededFiles<Entry extends { readonly url: string }>(
  manifest: readonly Entry[],
  support: WasmSupport,
): Entry[] {
  return manifest.filter(
    // The plain JavaScript backend stays: WASM may be there and yet fail to start.
    ({ url }) => !url.endsWith('.wasm') || support === (url.includes('-simd-') ? 'simd' : 'plain'),
  );
}
