import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm/dist/base';
import { enableProdMode, env, registerKernel, setBackend } from '@tensorflow/tfjs-core';
import { siteFilesOf } from '../../build/siteFiles';
import { PictureError } from '../errors';
import { WASM_KERNELS } from '../recognizer/worker/kernels';
import { buildModel } from '../recognizer/worker/model';
import { readTimed } from './readTimed';

/** A line of stdin: a picture, its RGBA bytes in base64. */
interface PictureLine {
  readonly width: number;
  readonly height: number;
  readonly rgba: string;
}

/**
 * Read each picture of stdin as the page would, and print a line of JSON for it: text, lines, digits, why nothing was
 * read, remarks, and how long the stages took; or else an error.
 *
 * @param modelFolder an exported model.
 */
export async function readPictures(modelFolder: string): Promise<void> {
  enableProdMode(); // without advice on standard error
  await startWasm();
  const { modelFiles, sources, confidenceThreshold } = siteFilesOf(modelFolder);
  const model = await buildModel(modelFiles.map(({ path }) => new Uint8Array(readFileSync(sources.get(path) ?? ''))));
  const classify = (pixels: Float32Array) => model.classify(pixels);
  for await (const line of createInterface({ input: process.stdin })) {
    const { rgba, ...size } = JSON.parse(line) as PictureLine;
    try {
      const { text, lines, digits, nothing, remarks, milliseconds } = readTimed(
        { ...size, data: Buffer.from(rgba, 'base64') },
        classify,
        confidenceThreshold,
      );
      console.log(JSON.stringify({ text, lines, digits, nothing, remarks, milliseconds }));
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      console.log(JSON.stringify({ error: error.message }));
    }
  }
}

/** Start TF.js as the page does, from the installed package. */
async function startWasm(): Promise<void> {
  const wasm = readFileSync(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'));
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  env().set('WASM_HAS_SIMD_SUPPORT', true); // every Node that the project supports has it
  const address = `data:application/wasm;base64,${wasm.toString('base64')}`; // TF.js wants one to fetch
  const names = ['tfjs-backend-wasm', 'tfjs-backend-wasm-simd', 'tfjs-backend-wasm-threaded-simd'] as const;
  setWasmPaths(Object.fromEntries(names.map((name) => [`${name}.wasm`, address])), true);
  for (const kernel of WASM_KERNELS) registerKernel(kernel);
  if (!(await setBackend('wasm'))) throw new Error('TF.js did not start on WebAssembly.');
}
