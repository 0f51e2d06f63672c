/** What every pad says; the value line has more (line/lineTexts.ts). One voice: short, calm, to a person. */
const en = {
  sheet: 'Sheet: write digits',
  missing: 'Write digits, or type them.',
  unread: 'I have not read this yet. Wait a moment.',
  unsure: 'I can’t read what is marked ?. Write it again, or type it.',
  exactly: (count: number) => `Write ${digits(count)}.`,
  atLeast: (count: number) => `Write at least ${digits(count)}.`,
  atMost: (count: number) => `Write at most ${digits(count)}.`,
};

const digits = (count: number) => (count === 1 ? '1 digit' : `${count} digits`);
const ziffern = (count: number) => (count === 1 ? '1 Ziffer' : `${count} Ziffern`);
const cifras = (count: number) => (count === 1 ? '1 cifra' : `${count} cifras`);

const de: typeof en = {
  sheet: 'Blatt: Schreib Ziffern',
  missing: 'Schreib Ziffern, oder tipp sie ein.',
  unread: 'Das habe ich noch nicht gelesen. Warte einen Moment.',
  unsure: 'Was mit ? markiert ist, kann ich nicht lesen. Schreib es noch einmal, oder tipp es ein.',
  exactly: (count) => `Schreib ${ziffern(count)}.`,
  atLeast: (count) => `Schreib mindestens ${ziffern(count)}.`,
  atMost: (count) => `Schreib höchstens ${ziffern(count)}.`,
};

const es: typeof en = {
  sheet: 'Hoja: escribe cifras',
  missing: 'Escribe cifras, o tecléalas.',
  unread: 'Aún no lo he leído. Espera un momento.',
  unsure: 'No puedo leer lo marcado con ?. Escríbelo otra vez, o tecléalo.',
  exactly: (count) => `Escribe ${cifras(count)}.`,
  atLeast: (count) => `Escribe al menos ${cifras(count)}.`,
  atMost: (count) => `Escribe como máximo ${cifras(count)}.`,
};

/** Choose by language: that of the nearest `lang`, through shadow roots, else the browser's. */
export function inLanguageOf<Texts>(element: Element, texts: { en: Texts; de: Texts; es: Texts }): Texts {
  let language = navigator.language;
  for (let at: Element | undefined = element; at; at = (at.getRootNode() as ShadowRoot).host) {
    const found = at.closest<HTMLElement>('[lang]');
    if (!found) continue;
    language = found.lang;
    break;
  }
  return texts[language.slice(0, 2).toLowerCase() as 'en'] ?? texts.en;
}

export const TEXTS = { en, de, es };
