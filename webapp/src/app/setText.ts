/** Give an element its text, unless it has it: the same text again would be laid out, and told to a screen reader, anew. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
