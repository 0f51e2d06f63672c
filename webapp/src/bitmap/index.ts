export type { Picture } from './picture';
export { type PictureReading, readPicture } from './readPicture';
export type { Classify } from './readPieces';
export { looksLikeSvg, sniffPicture } from './sniffPicture';
