/** One observer serves all pads. */
const waiting = new Map<Element, () => void>();
let observer: IntersectionObserver | undefined;

/**
 * Call back once an element is near: the first one at a screen from being seen, because it loads what all pads need. The
 * others then need only parts of their own, and a page may hold a hundred of them: they wait until a quarter of a screen.
 *
 * @returns what ends the waiting.
 */
export function whenNear(element: Element, near: () => void): () => void {
  waiting.set(element, near);
  if (observer) observer.observe(element);
  else watch('100%');
  return () => end(element);
}

function watch(rootMargin: string): void {
  observer?.disconnect();
  observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        end(target)?.();
        if (rootMargin !== '25%') return watch('25%');
      }
    },
    { rootMargin },
  );
  for (const element of waiting.keys()) observer.observe(element);
}

function end(element: Element): (() => void) | undefined {
  const near = waiting.get(element);
  waiting.delete(element);
  observer?.unobserve(element);
  return near;
}
