import type { ImageReading } from '../../api';
import type { QuarterTurn } from '../../bitmap';
import type { PicturesHost } from './picturesHost';

/** Pixels of the longer side of a preview: enough to show it large. */
const PREVIEW_SIDE = 1024;

/** How long a picture is read before the page says so: most are done by then, and their result takes its place. */
export const LATE_MS = 200;

/** How to read a picture. */
export interface HowToRead {
  /** Ends reading: the promise is rejected with its reason. */
  readonly signal: AbortSignal;
  /** Called with how much is done, 0 to 1. */
  readonly onProgress: (share: number) => void;
  /** Which way up; absent: as it reads best. */
  readonly turn?: QuarterTurn;
}

/** Read a picture as soon as the recognizer is there. */
export async function readPictureFile(
  host: Pick<PicturesHost, 'recognizer' | 'onFailure'>,
  file: File,
  { signal, onProgress, ...how }: HowToRead,
): Promise<ImageReading> {
  const recognizer = await untilAborted(host.recognizer(), signal);
  let running = true; // progress has its own channel and may arrive after the reading
  const onShare = (share: number) => running && onProgress(share);
  const options = { previewSide: PREVIEW_SIDE, signal, onProgress: onShare, ...how };
  return recognizer
    .readImage(file, options)
    .catch((error: Error) => {
      if (error.name === 'StoppedError') host.onFailure(error, recognizer);
      throw error;
    })
    .finally(() => {
      running = false;
    });
}

/** The same promise, but rejected when the signal is aborted. */
function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
