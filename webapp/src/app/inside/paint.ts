import { IMAGE_SIZE } from '../../ink';
import { type Colour, STEPS, stepOf } from './colours';
import { LARGE, type MapGrid } from './mapGrid';

/** Small pictures, one pixel a value, before they are enlarged. */
export class Tiles {
  readonly #small = document.createElement('canvas');

  /** Set `width`×`height` pixels by their place: a colour, and how much of it covers the paper (0 to 1). */
  set(
    width: number,
    height: number,
    colourAt: (x: number, y: number) => Colour,
    coverAt = (_x: number, _y: number) => 1,
  ) {
    if (this.#small.width !== width) this.#small.width = width;
    if (this.#small.height !== height) this.#small.height = height;
    const context = this.#small.getContext('2d', { willReadFrequently: true });
    if (context === null) return;
    const image = context.createImageData(width, height);
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at += 4) {
        image.data.set(colourAt(x, y), at);
        image.data[at + 3] = Math.round(255 * coverAt(x, y));
      }
    }
    context.putImageData(image, 0, 0);
  }

  /** Paint one of them enlarged. */
  paint(onto: CanvasRenderingContext2D, from: readonly [number, number, number, number], to: typeof from): void {
    onto.imageSmoothingEnabled = to[2] < LARGE * from[2]; // blurred is better than uneven
    onto.drawImage(this.#small, ...from, ...to);
  }
}

/** The output of a layer as a grid of pictures, in one scale for all of them; without values all are empty. */
export function paintMaps(
  context: CanvasRenderingContext2D,
  tiles: Tiles,
  { width, height, channels }: { readonly width: number; readonly height: number; readonly channels: number },
  values: Float32Array | null,
  { columns, rows, cell, step }: MapGrid,
  scale: readonly Colour[],
): void {
  const most = Math.max(values?.reduce((max, value) => Math.max(max, value), 0) ?? 0, 1e-6);
  tiles.set(columns * width, rows * height, (x, y) => {
    const channel = columns * Math.floor(y / height) + Math.floor(x / width);
    const value = values?.[((y % height) * width + (x % width)) * channels + channel] ?? 0;
    return scale[stepOf(Math.sqrt(value / most))] as Colour; // the root shows weak answers too
  });
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  for (let channel = 0; channel < channels; channel++) {
    const [column, row] = [channel % columns, Math.floor(channel / columns)];
    const to = [column * step.x, row * step.y, cell * width, cell * height] as const;
    tiles.paint(context, [column * width, row * height, width, height], to);
  }
}

/** Log-odds that count as much: smaller ones are not blown up to full colours. */
const MUCH = 2;

/**
 * The ink in the colours of what it says; grey without heat. Both are 784 values.
 *
 * @param scale diverging, orange to blue.
 */
export function paintHeat(
  context: CanvasRenderingContext2D,
  tiles: Tiles,
  pixels: Float32Array,
  heat: Float32Array | null,
  scale: readonly Colour[],
): void {
  const most = heat?.reduce((max, value) => Math.max(max, Math.abs(value)), MUCH) ?? MUCH;
  tiles.set(
    IMAGE_SIZE,
    IMAGE_SIZE,
    (x, y) => scale[Math.round(((STEPS - 1) * (1 + (heat?.[y * IMAGE_SIZE + x] ?? 0) / most)) / 2)] as Colour,
    (x, y) => pixels[y * IMAGE_SIZE + x] as number,
  );
  const { width, height } = context.canvas;
  context.clearRect(0, 0, width, height);
  tiles.paint(context, [0, 0, IMAGE_SIZE, IMAGE_SIZE], [0, 0, width, height]);
}

/** Ten columns, as high as the probabilities, over their digits. */
export function paintAnswer(
  context: CanvasRenderingContext2D,
  probabilities: ArrayLike<number>,
  { best, bar, text, font }: { readonly [part in 'best' | 'bar' | 'text' | 'font']: string },
  pixelRatio: number,
): void {
  const { width, height } = context.canvas;
  const label = 22 * pixelRatio;
  const step = width / probabilities.length;
  const likeliest = Math.max(...Array.from(probabilities));
  context.clearRect(0, 0, width, height);
  context.font = font;
  context.textAlign = 'center';
  context.textBaseline = 'bottom';
  for (let digit = 0; digit < probabilities.length; digit++) {
    const probability = probabilities[digit] as number;
    const high = Math.max(pixelRatio, probability * (height - label));
    context.fillStyle = probability > 0 && probability === likeliest ? best : bar;
    context.fillRect((digit + 0.14) * step, height - label - high, 0.72 * step, high);
    context.fillStyle = text;
    context.fillText(String(digit), (digit + 0.5) * step, height);
  }
}
