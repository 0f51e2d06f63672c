/** One observer serves all pads. */
const waiting = new Map<Element, () => void>();
let observer: IntersectionObserver | undefined;

/**
 * Call back once an element is at most one screen away from being seen.
 *
 * @returns what ends the waiting.
 */
export function whenNear(element: Element, near: () => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) if (isIntersecting) end(target)?.();
    },
    { rootMargin: '100%' },
  );
  waiting.set(element, near);
  observer.observe(element);
  return () => end(element);
}

function end(element: Element): (() => void) | undefined {
  const near = waiting.get(element);
  waiting.delete(element);
  observer?.unobserve(element);
  return near;
}
