export type { Classify } from '../reading';
export type { Picture } from './picture';
export { type EmptyBox, type PictureReading, type QuarterTurn, type Remarks, readPicture } from './readPicture';
export { looksLikeSvg, sniffPicture } from './sniffPicture';
export { webpOrientation } from './webpOrientation';
