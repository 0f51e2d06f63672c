export type { Classify } from '../reading';
export type { Picture } from './picture';
export { type PictureReading, readPicture } from './readPicture';
export { looksLikeSvg, sniffPicture } from './sniffPicture';
