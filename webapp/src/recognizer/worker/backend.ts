import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm/dist/base';
import { env, registerKernel, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import type { BackendName } from '../recognizer';
import { WASM_KERNELS } from './kernels';

/**
 * Start TF.js on the WASM runtime given as bytes; on plain JavaScript where there is none or it does not start.
 *
 * @param wasm the runtime, downloaded and checked.
 * @throws Error where neither starts.
 */
export async function startBackend(wasm?: { bytes: Uint8Array<ArrayBuffer>; simd: boolean }): Promise<BackendName> {
  if (wasm && (await startWasm(wasm.bytes, wasm.simd))) return wasm.simd ? 'wasm-simd' : 'wasm';
  await import('./cpuBackend').catch(() => {
    throw new Error("The program for browsers without WebAssembly can't be reached.");
  });
  if (!(await setBackend('cpu'))) throw new Error('TF.js started on neither WebAssembly nor plain JavaScript.');
  return 'cpu';
}

async function startWasm(bytes: Uint8Array<ArrayBuffer>, simd: boolean): Promise<boolean> {
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/wasm' }));
  try {
    // One digit is too little work for threads, and they need headers that static hosts don't send.
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    env().set('WASM_HAS_SIMD_SUPPORT', simd);
    setWasmPaths({
      'tfjs-backend-wasm.wasm': address,
      'tfjs-backend-wasm-simd.wasm': address,
      'tfjs-backend-wasm-threaded-simd.wasm': address,
    });
    for (const kernel of WASM_KERNELS) registerKernel(kernel);
    if (await setBackend('wasm')) return true;
  } catch {
    // TF.js has written the reason on the console; the slower backend works too.
  } finally {
    URL.revokeObjectURL(address);
  }
  removeBackend('wasm');
  return false;
}
