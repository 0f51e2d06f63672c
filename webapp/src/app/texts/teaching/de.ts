import type { TeachingTexts } from './teachingText';

/** What the page says about correcting and learning, in German. */
export const de: TeachingTexts = {
  question: 'Was ist es?',
  close: 'Schließen',
  itIs: (digit, isRead) => `Es ist eine ${digit}${isRead ? ', so habe ich sie gelesen' : ''}`,
  notADigit: 'Keine Ziffer',
  deleteIt: 'Löschen',
  picture: (readAs) => (readAs === null ? 'Die Ziffer, die ich nicht lesen konnte' : `Als ${readAs} gelesen`),
  gotIt: (label) =>
    label === null
      ? 'Verstanden: keine Ziffer. Solche Zeichen lasse ich künftig aus.'
      : `Verstanden: eine ${label}. Auf deine achte ich jetzt.`,
  confirmed: (label) => `${label === null ? 'Keine Ziffer' : `Eine ${label}`}, wie ich dachte. Auch das hilft mir.`,
  setAside: (label) =>
    `Verstanden: ${label === null ? 'keine Ziffer' : `eine ${label}`}. Das nutze ich, wenn ich mit Gelerntem lese.`,
  onlyNow: 'Merken kann ich es mir nur, bis du gehst.',
  notLearnt: 'Ich habe es behalten, konnte aber nicht daraus lernen. Lade die Seite neu.',
  title: 'Von dir gelernt',
  nothing: 'Noch nichts. Wenn ich eine Ziffer falsch lese, sag mir, was es ist. Dann lerne ich, wie du sie schreibst.',
  count: (count) =>
    count === 1
      ? 'Du hast mir ein Beispiel gezeigt. Es bleibt auf diesem Gerät.'
      : `Du hast mir ${count} Beispiele gezeigt. Sie bleiben auf diesem Gerät.`,
  whyNotKept: {
    refused: 'Dieser Browser speichert nichts für diese Seite. Ich kann mir also nur alles merken, bis du gehst.',
    full: 'Dieses Gerät ist voll. Ich kann mir Neues nur merken, bis du gehst. Schaff etwas Platz.',
    outdated:
      'In einem anderen Tab läuft eine neuere Version von mir. Lade diese Seite neu, damit ich mir etwas merken kann.',
    older:
      'Eine neuere Version von mir hat sich gemerkt, was du gezeigt hast. Lade die Seite neu; bis dahin merke ich mir nichts.',
  },
  before: 'Am Anfang',
  after: 'Jetzt',
  rightOf: (right, all) => `${right} von ${all}`,
  compared:
    'So viele deiner Beispiele lese ich richtig. Jedes habe ich gelesen, als hättest du mir genau dieses nicht gezeigt.',
  readWith: 'Gelesen wird mit',
  mine: 'allem Gelernten',
  original: 'dem, was ich mitbrachte',
  examplesOf: (label) => (label === null ? 'Keine Ziffer' : `Deine ${label}`),
  noDigit: 'keine Ziffer',
  forgetOne: (label) => (label === null ? 'Dieses Zeichen vergessen' : `Diese ${label} vergessen`),
  more: (count) => `${count} weitere`,
  exportAll: 'Exportieren',
  importAll: 'Importieren',
  forgetAll: 'Alles vergessen',
  forgetAllOf: (count) => (count === 1 ? 'Das einzige Beispiel vergessen?' : `Alle ${count} Beispiele vergessen?`),
  forget: 'Vergessen',
  keep: 'Behalten',
  forgotten: 'Vergessen.',
  allForgotten: 'Alles vergessen: Ich lese wie am Anfang.',
  exported: (count) =>
    count === 1 ? 'Ein Beispiel als Datei gespeichert.' : `${count} Beispiele als Datei gespeichert.`,
  imported: (added, had) =>
    `${added === 1 ? 'Ein Beispiel' : `${added} Beispiele`} dazugelernt${had > 0 ? `; ${had} kannte ich schon` : ''}.`,
  refused: {
    'too large': 'Diese Datei ist zu groß für eine von mir. Wähle eine, die ich exportiert habe.',
    'not text': 'Diese Datei ist nicht von mir. Wähle eine, die ich exportiert habe.',
    foreign: 'Diese Datei ist nicht von mir. Wähle eine, die ich exportiert habe.',
    newer: 'Eine neuere Version von mir hat diese Datei geschrieben. Bring mich erst auf den neuesten Stand.',
    'too many': 'So viel kann ich mir nicht merken: höchstens 10.000 Beispiele. Lass mich erst einige vergessen.',
    'cut short': 'Diese Datei ist abgeschnitten. Exportiere sie noch einmal.',
    empty: 'In dieser Datei sind keine Beispiele.',
    damaged: 'Diese Datei ist beschädigt. Exportiere sie noch einmal.',
  },
  unreadable: 'Ich kann diese Datei nicht lesen. Wähle sie noch einmal.',
  undo: 'Rückgängig',
};
