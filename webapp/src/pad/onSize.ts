import type { Point } from '../ink';

/**
 * Call back with an element's size, first and whenever it or the screen's resolution changes: in CSS and device pixels.
 *
 * @returns a check for another resolution: not every browser reports each.
 */
export function onSize(element: Element, changed: (size: Point, pixels: Point) => void): () => void {
  let density = 0;
  const observer = new ResizeObserver(([entry]) => {
    const { contentBoxSize, devicePixelContentBoxSize } = entry as ResizeObserverEntry;
    const { inlineSize: width, blockSize: height } = contentBoxSize[0] as ResizeObserverSize;
    const exact = devicePixelContentBoxSize?.[0];
    changed([width, height], [pixelsOf(width, exact?.inlineSize), pixelsOf(height, exact?.blockSize)]);
  });
  const observe = () => {
    if (density === devicePixelRatio) return;
    density = devicePixelRatio;
    observer.unobserve(element);
    try {
      observer.observe(element, { box: 'device-pixel-content-box' });
    } catch {
      observer.observe(element); // Safari lacks this box
    }
    matchMedia(`(resolution: ${density}dppx)`).addEventListener('change', observe, { once: true });
  };
  observe();
  return observe;
}

/** Device pixels of a length, rounded as the screen does; a screen that is only emulated reports CSS pixels. */
function pixelsOf(length: number, exact = 0): number {
  const pixels = length * devicePixelRatio;
  return Math.abs(exact - pixels) < 1 ? exact : Math.round(pixels);
}
