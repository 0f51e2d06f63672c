/** What reads pictures: a chunk that is fetched with the first picture. */
import { type Classify, readPictureSteps } from '../../bitmap';
import type { Box } from '../../box';
import { decodeImage } from '../decodeImage';
import type { ImageSource, ReaderImageOptions } from '../protocol';
import type { ImageReading } from '../recognizer';
import { turnPreview } from '../turnPreview';

/** A picture's reading on its way. */
export interface ImageTask {
  /** Is told how much is done, 0 to 1. */
  readonly onProgress: (share: number) => void;
  /** Whether somebody still waits for it. */
  readonly isWanted: () => boolean;
}

/**
 * Decode and read a picture, and answer other calls meanwhile. Boxes of the reading are in pixels of the whole picture, not
 * of the reduced one.
 *
 * @throws DOMException `AbortError` as soon as nobody waits for it.
 */
export async function readImage(
  source: ImageSource,
  { previewSide, turn }: Omit<ReaderImageOptions, 'call'>,
  classify: Classify,
  confidenceThreshold: number,
  { onProgress, isWanted }: ImageTask,
): Promise<ImageReading> {
  const ifWanted = () => {
    if (!isWanted()) throw new DOMException('The reading was stopped.', 'AbortError');
  };
  ifWanted();
  const decoded = 'picture' in source ? source : await decodeImage(source, previewSide);
  const { picture, width, height } = decoded;
  const steps = readPictureSteps(picture, classify, confidenceThreshold, { turn });
  let step = steps.next();
  while (!step.done) {
    onProgress(step.value);
    await nextTask();
    ifWanted();
    step = steps.next();
  }
  const reading = step.value;
  const [across, down] = [width / picture.width, height / picture.height];
  const whole = <Boxed extends { readonly box: Box }>(one: Boxed) => {
    const { x, y, ...size } = one.box;
    return { ...one, box: { x: x * across, y: y * down, width: size.width * across, height: size.height * down } };
  };
  const remarks = { ...reading.remarks, emptyBoxes: reading.remarks.emptyBoxes.map(whole) };
  // A page that decoded the picture turns its preview: this worker has no canvas.
  const turned = 'picture' in source ? 0 : remarks.turned;
  const preview = decoded.preview && (await turnPreview(decoded.preview, turned));
  const truncated = remarks.notRead > 0;
  return { ...reading, digits: reading.digits.map(whole), remarks, truncated, width, height, preview };
}

/** Let messages that wait be answered first. A timer would wait for some milliseconds each time. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
