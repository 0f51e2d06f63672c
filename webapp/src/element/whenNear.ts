/** Calls back once an element is near the window. One observer serves all pads. */
class NearObserver {
  readonly #rootMargin: string;
  readonly #waiting = new Map<Element, () => void>();
  #observer: IntersectionObserver | undefined;

  /** @param rootMargin how far from the window is near, as IntersectionObserver takes it. */
  constructor(rootMargin: string) {
    this.#rootMargin = rootMargin;
  }

  /** Call back once; returns what ends the waiting. */
  wait(element: Element, near: () => void): () => void {
    this.#observer ??= new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) if (isIntersecting) this.#end(target)?.();
      },
      { rootMargin: this.#rootMargin },
    );
    this.#waiting.set(element, near);
    this.#observer.observe(element);
    return () => this.#end(element);
  }

  #end(element: Element): (() => void) | undefined {
    const near = this.#waiting.get(element);
    this.#waiting.delete(element);
    this.#observer?.unobserve(element);
    return near;
  }
}

/** At most one screen away: what must be downloaded is on its way before a person gets there. */
export const oneScreenAway = new NearObserver('100%');

/** As good as in view: a pad that nobody has scrolled to has no value line, which is half of its memory. */
export const inView = new NearObserver('10%');
