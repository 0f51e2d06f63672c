/** Give an element its text, unless it has it: the same text again would have the browser lay the page out anew. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
