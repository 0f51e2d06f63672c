import type { Plugin } from 'vite';

/**
 * Parts of TF.js that its packages always load and the recognizer never runs, by the end of their path, and what takes their
 * place. They are a fifth of the recognizer's program.
 */
const UNUSED = {
  // Threads need headers that static hosts don't send: backend.ts turns them off.
  'tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js': 'export default null;',
  'tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.worker.js': 'export const wasmWorkerContents = "";',
  // learning/ has its own, of one layer.
  'tfjs-core/dist/optimizers/register_optimizers.js': 'export function registerOptimizers() {}',
  // Stores of models: the model comes from the site.
  'tfjs-core/dist/io/indexed_db.js': 'export class BrowserIndexedDB {} export class BrowserIndexedDBManager {}',
  'tfjs-core/dist/io/local_storage.js':
    'export class BrowserLocalStorage {} export class BrowserLocalStorageManager {}',
};

/** Leaves these parts out of the worker. The build fails where one of them is not met: TF.js has changed. */
export function leaveOut(): Plugin {
  const met = new Set<string>();
  return {
    name: 'leave-out',
    load(id) {
      const path = id.replaceAll('\\', '/');
      const found = Object.entries(UNUSED).find(([end]) => path.endsWith(`@tensorflow/${end}`));
      if (found === undefined) return null;
      met.add(found[0]);
      return { code: found[1], moduleSideEffects: false };
    },
    buildEnd(error) {
      const missing = Object.keys(UNUSED).filter((end) => !met.has(end));
      if (!error && missing.length > 0) throw new Error(`TF.js no longer has ${missing.join(', ')}; see leaveOut.ts.`);
    },
  };
}
