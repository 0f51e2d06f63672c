/**
 * Find the element with this `data-testid`. The names are part of the page's contract.
 *
 * @throws Error if the page was not delivered whole.
 */
export function find<Kind extends HTMLElement>(testId: string): Kind {
  const found = document.querySelector<Kind>(`[data-testid="${testId}"]`);
  if (found === null) throw new Error(`The page has no ${testId}.`);
  return found;
}

/** Create an element with a class and content. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  ...content: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...content);
  return made;
}

/** Set an element's text if it changed. Setting the same text again would cost a layout and repeat an announcement. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Tell a screen reader, once it has read what it is reading. The same text again is said again. */
export function announce(text: string): void {
  const place = find('announcement');
  // A screen reader hears only changes; a space at the end is one that nobody hears.
  place.textContent = place.textContent === text ? `${text}\u00a0` : text;
}
