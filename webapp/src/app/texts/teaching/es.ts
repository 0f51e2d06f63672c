import type { TeachingTexts } from './teachingText';

/** What the page says about correcting and learning, in Spanish. */
export const es: TeachingTexts = {
  question: '¿Qué es?',
  close: 'Cerrar',
  itIs: (digit, isRead) => `Es un ${digit}${isRead ? ', como lo leí' : ''}`,
  notADigit: 'No es una cifra',
  deleteIt: 'Borrar',
  picture: (readAs) => (readAs === null ? 'La cifra, que no pude leer' : `Leído como ${readAs}`),
  gotIt: (label) =>
    label === null
      ? 'Entendido: no es una cifra. Dejaré en paz esos trazos.'
      : `Entendido: un ${label}. Estaré atento a los tuyos.`,
  confirmed: (label) => `${label === null ? 'No es una cifra' : `Un ${label}`}, como pensaba. Eso también me ayuda.`,
  setAside: (label) =>
    `Entendido: ${label === null ? 'no es una cifra' : `un ${label}`}. Lo usaré cuando lea con lo aprendido.`,
  onlyNow: 'Solo puedo recordarlo hasta que te vayas.',
  notLearnt: 'Lo he guardado, pero no pude aprender de ello. Vuelve a cargar la página.',
  title: 'Aprendido de ti',
  nothing: 'Todavía nada. Si leo mal una cifra, dime cuál es y aprenderé cómo la escribes.',
  count: (count) =>
    count === 1
      ? 'Me has enseñado un ejemplo. Se queda en este dispositivo.'
      : `Me has enseñado ${count} ejemplos. Se quedan en este dispositivo.`,
  whyNotKept: {
    refused: 'Este navegador no guarda nada de esta página, así que solo puedo recordar hasta que te vayas.',
    full: 'Este dispositivo está lleno, así que solo puedo recordar hasta que te vayas. Libera espacio.',
    outdated: 'En otra pestaña hay una versión más nueva de mí. Vuelve a cargar esta página para que pueda recordar.',
    older:
      'Una versión más nueva de mí guardó lo que enseñaste. Vuelve a cargar la página; hasta entonces no puedo recordar.',
  },
  before: 'Al principio',
  after: 'Ahora',
  rightOf: (right, all) => `${right} de ${all}`,
  compared: 'Tus ejemplos que leo bien. Probé cada uno como si no me lo hubieras enseñado.',
  readWith: 'Leer con',
  mine: 'todo lo aprendido',
  original: 'lo que ya sabía',
  examplesOf: (label) => (label === null ? 'Ninguna cifra' : `Tus ${label}`),
  noDigit: 'ninguna cifra',
  forgetOne: (label) => (label === null ? 'Olvidar este trazo' : `Olvidar este ${label}`),
  more: (count) => `${count} más`,
  exportAll: 'Exportar',
  importAll: 'Importar',
  forgetAll: 'Olvidar todo',
  forgetAllOf: (count) => (count === 1 ? '¿Olvidar el único ejemplo?' : `¿Olvidar los ${count} ejemplos?`),
  forget: 'Olvidar',
  keep: 'Conservar',
  forgotten: 'Olvidado.',
  allForgotten: 'Todo olvidado: leo como al principio.',
  exported: (count) =>
    count === 1 ? 'Un ejemplo guardado como archivo.' : `${count} ejemplos guardados como archivo.`,
  imported: (added, had) =>
    `${added === 1 ? 'Un ejemplo añadido' : `${added} ejemplos añadidos`}${had > 0 ? `; ya tenía ${had}` : ''}.`,
  refused: {
    'too large': 'Este archivo es demasiado grande para ser mío. Elige uno que yo haya exportado.',
    'not text': 'Este archivo no es mío. Elige uno que yo haya exportado.',
    foreign: 'Este archivo no es mío. Elige uno que yo haya exportado.',
    newer: 'Una versión más nueva de mí escribió este archivo. Actualízame primero.',
    'too many': 'No puedo recordar tanto: 10.000 ejemplos como máximo. Hazme olvidar algunos primero.',
    'cut short': 'Este archivo está cortado. Expórtalo de nuevo.',
    empty: 'Este archivo no contiene ejemplos.',
    damaged: 'Este archivo está dañado. Expórtalo de nuevo.',
  },
  unreadable: 'No puedo leer este archivo. Elígelo otra vez.',
  undo: 'Deshacer',
};
