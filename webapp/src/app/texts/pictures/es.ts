import type { PicturesTexts } from './picturesText';

/** What the page says about pictures, in Spanish. */
export const es: PicturesTexts = {
  title: 'Imágenes',
  add: 'Añadir imágenes',
  copy: 'Copiar',
  save: 'Guardar como CSV',
  removeAll: 'Quitar todas',
  summary: (pictures, toCheck) =>
    `${pictures === 1 ? '1 imagen' : `${pictures} imágenes`}${toCheck > 0 ? `, ${toCheck} por revisar` : ''}`,
  reading: (next, all) => (all === 1 ? 'Estoy leyendo la imagen…' : `Estoy leyendo ${next} de ${all}…`),
  progress: 'Imágenes leídas',
  toCheck: 'Por revisar',
  failed: (pictures) => (pictures === 1 ? '1 no se pudo leer' : `${pictures} no se pudieron leer`),
  removeFailed: 'Quitar estas',
  noDigits: 'sin cifras',
  copyOne: (number) => `Copiar ${number}`,
  remove: (name) => `Quitar ${name}`,
  notCopied: 'Aquí no puedo copiar. Guarda los resultados en su lugar.',
  drop: 'Suelta las imágenes y las leo',
  previous: 'Imagen anterior',
  next: 'Imagen siguiente',
  nextToCheck: 'Seguir revisando',
  hint: '¿Hay una cifra mal? Tócala.',
  onPicture: 'Cifras de la imagen',
  digit: (reading, place, all) => `${reading}, cifra ${place} de ${all}`,
  noDigit: 'no es una cifra',
  nowReads: (number) => `Ahora dice ${number}.`,
  emptyFolder: 'En esta carpeta no hay ninguna imagen.',
  unreadableFolder: 'No puedo abrir esta carpeta. Elige sus imágenes en su lugar.',
  columns: ['archivo', 'número', 'confianza', 'observación'],
};
