import { en } from './en';
import { language, text } from './text';

/** Replace the English words of index.html, which stand there before any script runs. */
export function translatePage(): void {
  if (text === en) return;
  document.documentElement.lang = language();
  const words = text.page as Partial<Record<string, unknown>>;
  for (const element of document.querySelectorAll<HTMLElement>('[data-text], [data-name]')) {
    const { text: content, name } = element.dataset;
    if (content) element.textContent = String(words[content]);
    if (name) element.setAttribute('aria-label', String(words[name]));
  }
}
