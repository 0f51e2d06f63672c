import type { WasmSupport } from '../recognizer/wasmSupport';

/** Select the files that this browser needs: all but the WASM runtime of other browsers. */
export function neededFiles<Entry extends { readonly url: string }>(
  manifest: readonly Entry[],
  support: WasmSupport,
): Entry[] {
  return manifest.filter(
    // The plain JavaScript backend stays, because WASM may be supported and still fail to start.
    ({ url }) => !url.endsWith('.wasm') || support === (url.includes('-simd-') ? 'simd' : 'plain'),
  );
}
