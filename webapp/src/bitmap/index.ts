export type { Picture } from './picture';
export { type Classify, type PictureReading, readPicture } from './readPicture';
export { looksLikeSvg, sniffPicture } from './sniffPicture';
