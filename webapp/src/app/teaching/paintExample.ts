import { IMAGE_SIZE, inkBounds } from '../../ink';
import type { Correction } from '../../learning';
import { paintInk } from '../../pad';

const SIZE = 144; // pixels of the canvas
const INK_SHARE = 0.8; // of the canvas
const PEN_WIDTH = 8; // pixels

/** Paint an example in the middle of a canvas, in the canvas's CSS colour. */
export function paintExample(canvas: HTMLCanvasElement, { ink, pixels }: Correction): void {
  canvas.width = canvas.height = SIZE;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const colour = getComputedStyle(canvas).color;
  const box = ink && inkBounds(ink);
  if (box) {
    const scale = (SIZE * INK_SHARE) / Math.max(box.width, box.height, 0.05);
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    context.setTransform(scale, 0, 0, scale, SIZE / 2 - x * scale, SIZE / 2 - y * scale);
    paintInk(context, ink, { colour, width: PEN_WIDTH / scale });
  } else if (pixels) {
    const step = SIZE / IMAGE_SIZE;
    context.fillStyle = colour;
    for (const [i, level] of pixels.entries()) {
      context.globalAlpha = level / 255;
      context.fillRect((i % IMAGE_SIZE) * step, Math.floor(i / IMAGE_SIZE) * step, step, step);
    }
  }
}
