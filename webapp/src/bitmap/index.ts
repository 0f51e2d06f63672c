export { type Picture, PictureError } from './picture';
export { type Classify, type PictureReading, readPicture } from './readPicture';
export { looksLikeSvg, sniffPicture } from './sniffPicture';
