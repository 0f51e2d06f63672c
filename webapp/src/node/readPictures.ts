import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { siteFilesOf } from '../../build/siteFiles';
import { PictureError } from '../errors';
import { buildModel } from '../network';
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
