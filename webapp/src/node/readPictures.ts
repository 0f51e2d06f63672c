import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import '@tensorflow/tfjs-backend-cpu';
import { enableProdMode } from '@tensorflow/tfjs-core';
import { siteFilesOf } from '../../build/siteFiles';
import { readPicture } from '../bitmap';
import { PictureError } from '../errors';
import { buildModel } from '../recognizer/worker/model';

/** A line of stdin: a picture, its RGBA bytes in base64. */
interface PictureLine {
  readonly width: number;
  readonly height: number;
  readonly rgba: string;
}

/**
 * Read each picture of stdin as the page would, and print a line of JSON for it: text, digits, and why nothing was read; or
 * else an error.
 *
 * @param modelFolder an exported model.
 */
export async function readPictures(modelFolder: string): Promise<void> {
  enableProdMode(); // without advice on standard error
  const { modelFiles, sources, confidenceThreshold } = siteFilesOf(modelFolder);
  const model = await buildModel(modelFiles.map(({ path }) => new Uint8Array(readFileSync(sources.get(path) ?? ''))));
  const classify = (pixels: Float32Array) => model.classify(pixels);
  for await (const line of createInterface({ input: process.stdin })) {
    const { rgba, ...size } = JSON.parse(line) as PictureLine;
    try {
      const { text, digits, nothing } = readPicture(
        { ...size, data: Buffer.from(rgba, 'base64') },
        classify,
        confidenceThreshold,
      );
      console.log(JSON.stringify({ text, digits, nothing }));
    } catch (error) {
      if (!(error instanceof PictureError)) throw error;
      console.log(JSON.stringify({ error: error.message }));
    }
  }
}
