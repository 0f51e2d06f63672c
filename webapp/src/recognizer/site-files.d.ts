/** Made by the build (webapp/build/siteFiles.ts): the files that the recognizer loads, with their sums. */
declare module 'virtual:site-files' {
  import type { SiteFile } from './fetchChecked';

  /** model.json first, then the weight shards in the order in which they are joined. */
  export const modelFiles: readonly SiteFile[];
  /** TF.js's WASM runtime, with and without SIMD. */
  export const wasmFiles: { readonly simd: SiteFile; readonly plain: SiteFile };
}
