/** What a pad says. One voice: short, calm, to a person. */
const en = {
  sheet: 'Sheet: write digits',
  name: 'Digits',
  hint: 'Write digits, or type them.',
  undo: 'Undo',
  clear: 'Clear',
  cleared: 'Cleared.',
  unknown: 'unknown',
  failed: 'I can’t read now, so type the digits. I’ll try again.',
  missing: 'Write digits, or type them.',
  unread: 'I have not read this yet. Wait a moment.',
  unsure: 'I can’t read what is marked ?. Write it again, or type it.',
  exactly: (count: number) => `Write ${count === 1 ? '1 digit' : `${count} digits`}.`,
  atLeast: (count: number) => `Write at least ${count === 1 ? '1 digit' : `${count} digits`}.`,
  atMost: (count: number) => `Write at most ${count === 1 ? '1 digit' : `${count} digits`}.`,
};

const de: typeof en = {
  sheet: 'Blatt: Schreib Ziffern',
  name: 'Ziffern',
  hint: 'Schreib Ziffern, oder tipp sie ein.',
  undo: 'Rückgängig',
  clear: 'Leeren',
  cleared: 'Geleert.',
  unknown: 'unbekannt',
  failed: 'Ich kann gerade nicht lesen; tipp die Ziffern ein. Ich versuche es wieder.',
  missing: 'Schreib Ziffern, oder tipp sie ein.',
  unread: 'Das habe ich noch nicht gelesen. Warte einen Moment.',
  unsure: 'Was mit ? markiert ist, kann ich nicht lesen. Schreib es noch einmal, oder tipp es ein.',
  exactly: (count) => `Schreib ${count === 1 ? '1 Ziffer' : `${count} Ziffern`}.`,
  atLeast: (count) => `Schreib mindestens ${count === 1 ? '1 Ziffer' : `${count} Ziffern`}.`,
  atMost: (count) => `Schreib höchstens ${count === 1 ? '1 Ziffer' : `${count} Ziffern`}.`,
};

const es: typeof en = {
  sheet: 'Hoja: escribe cifras',
  name: 'Cifras',
  hint: 'Escribe cifras, o tecléalas.',
  undo: 'Deshacer',
  clear: 'Borrar',
  cleared: 'Borrado.',
  unknown: 'desconocida',
  failed: 'Ahora no puedo leer; teclea las cifras. Volveré a intentarlo.',
  missing: 'Escribe cifras, o tecléalas.',
  unread: 'Aún no lo he leído. Espera un momento.',
  unsure: 'No puedo leer lo marcado con ?. Escríbelo otra vez, o tecléalo.',
  exactly: (count) => `Escribe ${count === 1 ? '1 cifra' : `${count} cifras`}.`,
  atLeast: (count) => `Escribe al menos ${count === 1 ? '1 cifra' : `${count} cifras`}.`,
  atMost: (count) => `Escribe como máximo ${count === 1 ? '1 cifra' : `${count} cifras`}.`,
};

const TEXTS = { en, de, es };

/** The texts in an element's language: that of the nearest `lang`, through shadow roots, else the browser's. */
export function textsOf(element: Element): typeof en {
  let language = navigator.language;
  for (let at: Element | undefined = element; at; at = (at.getRootNode() as ShadowRoot).host) {
    const found = at.closest<HTMLElement>('[lang]');
    if (!found) continue;
    language = found.lang;
    break;
  }
  return TEXTS[language.slice(0, 2).toLowerCase() as 'en'] ?? en;
}
