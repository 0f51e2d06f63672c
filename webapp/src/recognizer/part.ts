import { ModelLoadError } from '../errors';

/** A part of the program that only some users need. */
export async function part<Part>(arriving: Promise<Part>): Promise<Part> {
  return arriving.catch(() => {
    throw new ModelLoadError('no-part', "A part of the recognizer's program can't be reached.");
  });
}
