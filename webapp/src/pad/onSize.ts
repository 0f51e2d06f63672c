import type { Point } from '../ink';

/** Told the size of an element in CSS pixels and in device pixels. */
type OnSize = (size: Point, pixels: Point) => void;

/** One observer and one media query serve all elements. */
const watched = new Map<Element, OnSize>();
let observer: ResizeObserver | undefined;
let density = 0;

/**
 * Call back with an element's size, first and whenever it or the screen's resolution changes.
 *
 * @returns what ends that.
 */
export function onSize(element: Element, changed: OnSize): () => void {
  observer ??= new ResizeObserver((entries) => {
    for (const { target, contentBoxSize, devicePixelContentBoxSize } of entries) {
      const { inlineSize: width, blockSize: height } = contentBoxSize[0] as ResizeObserverSize;
      const exact = devicePixelContentBoxSize?.[0];
      const pixels = [pixelsOf(width, exact?.inlineSize), pixelsOf(height, exact?.blockSize)] as const;
      watched.get(target)?.([width, height], pixels);
    }
  });
  watched.set(element, changed);
  observe(element);
  checkResolution();
  return () => {
    watched.delete(element);
    observer?.unobserve(element);
  };
}

/** Observe anew if the resolution is another one: not every browser reports each. */
export function checkResolution(): void {
  if (density === devicePixelRatio) return;
  density = devicePixelRatio;
  for (const element of watched.keys()) observe(element);
  matchMedia(`(resolution: ${density}dppx)`).addEventListener('change', checkResolution, { once: true });
}

function observe(element: Element): void {
  observer?.unobserve(element);
  try {
    observer?.observe(element, { box: 'device-pixel-content-box' });
  } catch {
    observer?.observe(element); // Safari lacks this box
  }
}

/** Device pixels of a length, rounded as the screen does; a screen that is only emulated reports CSS pixels. */
function pixelsOf(length: number, exact = 0): number {
  const pixels = length * devicePixelRatio;
  return Math.abs(exact - pixels) < 1 ? exact : Math.round(pixels);
}
