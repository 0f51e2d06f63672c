import type { Point } from '../ink';

/** Call back with an element's size, first and whenever it or the screen's resolution changes: in CSS and device pixels. */
export function onSize(element: Element, changed: (size: Point, pixels: Point) => void): void {
  const observer = new ResizeObserver(([entry]) => {
    const [size] = (entry as ResizeObserverEntry).contentBoxSize as [ResizeObserverSize];
    const pixels = entry?.devicePixelContentBoxSize?.[0];
    const density = devicePixelRatio;
    changed(
      [size.inlineSize, size.blockSize],
      [
        pixels?.inlineSize ?? Math.round(size.inlineSize * density),
        pixels?.blockSize ?? Math.round(size.blockSize * density),
      ],
    );
  });
  try {
    observer.observe(element, { box: 'device-pixel-content-box' }); // also changes with the zoom and the screen
  } catch {
    observer.observe(element); // Safari lacks this box
    observeDensity(() => {
      observer.unobserve(element);
      observer.observe(element); // reports once more
    });
  }
}

/** Call back whenever the window has moved to a screen of another resolution. */
function observeDensity(changed: () => void): void {
  matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
    'change',
    () => {
      changed();
      observeDensity(changed);
    },
    { once: true },
  );
}
