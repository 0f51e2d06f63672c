/** Call back when the colour of the ink may have changed: the user's colours have, or the page is printed. */
export function onLook(changed: () => void): void {
  for (const query of ['(prefers-color-scheme: dark)', '(forced-colors: active)', 'print']) {
    matchMedia(query).addEventListener('change', changed);
  }
  // While `beforeprint` is handled, the page still has the colours of the screen.
  for (const [type, starts] of [
    ['beforeprint', true],
    ['afterprint', false],
  ] as const) {
    // biome-ignore format: one line
    addEventListener(type, () => {
      printing = starts;
      changed();
    });
  }
}

let printing = false;

/** The colour of an element's text; dark on paper, and the user's own where there is one. */
export function inkColour(element: HTMLElement): string {
  if (printing || matchMedia('print').matches) return 'black';
  if (matchMedia('(forced-colors: active)').matches) return 'CanvasText';
  return getComputedStyle(element).color;
}
