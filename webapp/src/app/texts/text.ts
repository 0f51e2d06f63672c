import { en } from './en';

/** All that the page says, by section. `en.ts` has the shape; the other languages must have the same. */
export type Texts = typeof en;

/** The languages of the page, by their own names. */
export const LANGUAGES = { en: 'English', de: 'Deutsch', es: 'Español' } as const;

export type Language = keyof typeof LANGUAGES;

const CHOICE = 'digitpad-language';

/** What the page says, in the language that is used. */
export let text: Texts = en;

/** The language that is used: what the user chose, else the first of the browser's that the page speaks. */
export function language(): Language {
  const wanted = [chosenLanguage(), ...(globalThis.navigator?.languages ?? [])] // Node 20 has none
    .map((name) => name?.slice(0, 2).toLowerCase());
  return (wanted.find((name) => name !== undefined && name in LANGUAGES) ?? 'en') as Language;
}

/** The language that the user chose; null for the browser's. */
export function chosenLanguage(): string | null {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null; // storage is forbidden
  }
}

/** Keep the user's choice of a language, for the next start of the page. */
export function chooseLanguage(name: Language): void {
  try {
    localStorage.setItem(CHOICE, name);
  } catch {
    // Storage is forbidden: the browser's language stays.
  }
}

/** Fetch the texts of `language()`. English, which is always here, stays where they can't be fetched. */
export async function loadTexts(): Promise<void> {
  try {
    if (language() === 'de') text = (await import('./de')).de;
    if (language() === 'es') text = (await import('./es')).es;
  } catch (error) {
    console.warn('The texts of this language did not come; English stays.', error);
  }
}
