import type { QuarterTurn } from '../bitmap';
import { asJpeg, contextOf, makeCanvas } from './decodeImage';

/** A small picture turned clockwise. */
export async function turnPreview(preview: Blob, turned: QuarterTurn): Promise<Blob | null> {
  if (turned === 0) return preview;
  const bitmap = await createImageBitmap(preview);
  const { width, height } = bitmap;
  const canvas = turned === 180 ? makeCanvas(width, height) : makeCanvas(height, width);
  const context = contextOf(canvas);
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((turned * Math.PI) / 180);
  context.drawImage(bitmap, -width / 2, -height / 2);
  bitmap.close();
  return asJpeg(canvas);
}
