import { IMAGE_SIZE } from '../../ink';

/** Show 784 pixels, 0 (paper) to 1 (ink), on a 28×28 canvas as the network sees them: white on black. */
export function showNetworkView(canvas: HTMLCanvasElement, pixels: Float32Array): void {
  canvas.className = 'network-view';
  canvas.width = canvas.height = IMAGE_SIZE;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const image = context.createImageData(IMAGE_SIZE, IMAGE_SIZE);
  for (const [i, pixel] of pixels.entries()) {
    image.data.fill(Math.round(pixel * 255), 4 * i, 4 * i + 3);
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}
