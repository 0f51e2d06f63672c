/** Called when the colour of the ink may have changed; one set of listeners serves all pads. */
const watchers = new Set<() => void>();
let listens = false;
let printing = false;

/**
 * Call back when the colour of the ink may have changed: the user's colours have, or the page is printed.
 *
 * @returns what ends that.
 */
export function onLook(changed: () => void): () => void {
  if (!listens) listen();
  watchers.add(changed);
  return () => watchers.delete(changed);
}

/** The colour of an element's text; dark on paper, and the user's own where there is one. */
export function inkColour(element: HTMLElement): string {
  if (printing || matchMedia('print').matches) return 'black';
  if (matchMedia('(forced-colors: active)').matches) return 'CanvasText';
  return getComputedStyle(element).color;
}

function listen(): void {
  listens = true;
  const tell = () => {
    for (const changed of watchers) changed();
  };
  for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)', 'print']) {
    matchMedia(query).addEventListener('change', tell);
  }
  // While `beforeprint` is handled, the page still has the colours of the screen.
  for (const [type, starts] of [
    ['beforeprint', true],
    ['afterprint', false],
  ] as const) {
    addEventListener(type, () => {
      printing = starts;
      tell();
    });
  }
}
