/** What the value line says. */
const en = {
  name: 'Digits',
  hint: 'Write digits, or type them.',
  undo: 'Undo',
  clear: 'Clear',
  cleared: 'Cleared.',
  unknown: 'unknown',
  failed: 'I can’t read now, so type the digits. I’ll try again.',
};

const de: typeof en = {
  name: 'Ziffern',
  hint: 'Schreib Ziffern, oder tipp sie ein.',
  undo: 'Rückgängig',
  clear: 'Leeren',
  cleared: 'Geleert.',
  unknown: 'unbekannt',
  failed: 'Ich kann gerade nicht lesen; tipp die Ziffern ein. Ich versuche es wieder.',
};

const es: typeof en = {
  name: 'Cifras',
  hint: 'Escribe cifras, o tecléalas.',
  undo: 'Deshacer',
  clear: 'Borrar',
  cleared: 'Borrado.',
  unknown: 'desconocida',
  failed: 'Ahora no puedo leer; teclea las cifras. Volveré a intentarlo.',
};

export const LINE_TEXTS = { en, de, es };
