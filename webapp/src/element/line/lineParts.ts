/** Create an element with attributes. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string>,
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/** Create a button that is a part of the pad, with an icon that its style draws. */
export function makeButton(part: string): HTMLButtonElement {
  const made = make('button', { part, type: 'button' });
  made.append(document.createElement('i'));
  return made;
}

/** Set an element's text if it changed: the same text again would be read out again. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
