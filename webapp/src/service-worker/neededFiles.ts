import type { WasmSupport } from '../recognizer/wasmSupport';

/** Which of the site's files this browser will ever ask for: one WASM runtime of the two, or the JavaScript one. */
export function neededFiles<Entry extends { readonly url: string }>(
  manifest: readonly Entry[],
  support: WasmSupport,
): Entry[] {
  return manifest.filter(({ url }) => {
    if (url.endsWith('.wasm')) return support === (url.includes('-simd-') ? 'simd' : 'plain');
    if (/\/cpuBackend-[^/]*\.js$/.test(url)) return support === 'none';
    return true;
  });
}
