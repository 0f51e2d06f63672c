import { expect, test } from 'vitest';
import { readPictureFile } from '../../../../webapp/src/app/pictures/pictureReader';
import type { ImageReading, ReadImageOptions, Recognizer } from '../../../../webapp/src/recognizer/recognizer';

const FILE = new File(['1'], 'one.png');
const READING = { text: '1' } as ImageReading;

/** A host whose recognizer reads as the test says. */
function hostThat(readImage: (options: ReadImageOptions) => Promise<ImageReading>) {
  const recognizer = { readImage: (_: File, options: ReadImageOptions) => readImage(options) } as unknown as Recognizer;
  const failures: string[] = [];
  return { recognizer: async () => recognizer, onFailure: (error: Error) => failures.push(error.name), failures };
}

test('progress that arrives after the reading is not told', async () => {
  let late: ((share: number) => void) | undefined;
  const host = hostThat(async ({ onProgress }) => {
    onProgress?.(0.5);
    late = onProgress;
    return READING;
  });
  const told: number[] = [];
  const { signal } = new AbortController();
  const onProgress = (share: number) => told.push(share);
  expect(await readPictureFile(host, FILE, { signal, onProgress, turn: 90 })).toBe(READING);
  late?.(1);
  expect(told).toEqual([0.5]);
});

test('a picture is stopped while the recognizer is still on its way', async () => {
  const controller = new AbortController();
  const host = { recognizer: () => new Promise<Recognizer>(() => {}), onFailure: () => {} };
  const reading = readPictureFile(host, FILE, { signal: controller.signal, onProgress: () => {} });
  controller.abort();
  await expect(reading).rejects.toHaveProperty('name', 'AbortError');
});

test('the page is told that the recognizer has stopped, and of nothing else', async () => {
  const how = { signal: new AbortController().signal, onProgress: () => {} };
  for (const name of ['StoppedError', 'PictureError']) {
    const host = hostThat(async () => {
      throw Object.assign(new Error('no'), { name });
    });
    await expect(readPictureFile(host, FILE, how)).rejects.toHaveProperty('name', name);
    expect(host.failures).toEqual(name === 'StoppedError' ? [name] : []);
  }
});
