import type { PicturesTexts } from './picturesText';

/** What the page says about pictures, in German. */
export const de: PicturesTexts = {
  title: 'Bilder',
  add: 'Bilder hinzufügen',
  copy: 'Kopieren',
  save: 'Als CSV speichern',
  removeAll: 'Alle entfernen',
  summary: (pictures, toCheck) =>
    `${pictures === 1 ? '1 Bild' : `${pictures} Bilder`}${toCheck > 0 ? `, ${toCheck} zu prüfen` : ''}`,
  reading: (next, all) => (all === 1 ? 'Ich lese das Bild …' : `Ich lese ${next} von ${all} …`),
  progress: 'Gelesene Bilder',
  toCheck: 'Zu prüfen',
  failed: (pictures) => `${pictures} ${pictures === 1 ? 'war' : 'waren'} nicht zu lesen`,
  removeFailed: 'Diese entfernen',
  noDigits: 'keine Ziffern',
  copyOne: (number) => `${number} kopieren`,
  remove: (name) => `${name} entfernen`,
  notCopied: 'Ich kann hier nichts kopieren. Speichere die Ergebnisse stattdessen.',
  drop: 'Lass Bilder hier los, dann lese ich sie',
  previous: 'Voriges Bild',
  next: 'Nächstes Bild',
  nextToCheck: 'Weiter prüfen',
  hint: 'Stimmt eine Ziffer nicht? Tippe sie an.',
  onPicture: 'Ziffern auf dem Bild',
  digit: (reading, place, all) => `${reading}, Ziffer ${place} von ${all}`,
  noDigit: 'keine Ziffer',
  nowReads: (number) => `Jetzt steht da ${number}.`,
  emptyFolder: 'In diesem Ordner ist kein Bild.',
  unreadableFolder: 'Ich kann diesen Ordner nicht öffnen. Wähle stattdessen seine Bilder.',
  columns: ['Datei', 'Zahl', 'Sicherheit', 'Bemerkung'],
};
