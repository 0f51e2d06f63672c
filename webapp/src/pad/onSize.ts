import type { Point } from '../ink';

/** Call back with an element's size, first and whenever it or the screen's resolution changes: in CSS and device pixels. */
export function onSize(element: Element, changed: (size: Point, pixels: Point) => void): void {
  const observer = new ResizeObserver(([entry]) => {
    const { contentBoxSize, devicePixelContentBoxSize } = entry as ResizeObserverEntry;
    const { inlineSize: width, blockSize: height } = contentBoxSize[0] as ResizeObserverSize;
    const exact = devicePixelContentBoxSize?.[0];
    changed([width, height], [pixelsOf(width, exact?.inlineSize), pixelsOf(height, exact?.blockSize)]);
  });
  const observe = () => {
    observer.unobserve(element);
    try {
      observer.observe(element, { box: 'device-pixel-content-box' });
    } catch {
      observer.observe(element); // Safari lacks this box
    }
    // Not every browser reports a window that has moved to a screen of another resolution.
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener('change', observe, { once: true });
  };
  observe();
}

/** Device pixels of a length, rounded as the screen does; a screen that is only emulated reports CSS pixels. */
function pixelsOf(length: number, exact = 0): number {
  const pixels = length * devicePixelRatio;
  return Math.abs(exact - pixels) < 1 ? exact : Math.round(pixels);
}
