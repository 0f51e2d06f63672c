export type { Classify } from '../reading';
export type { Picture } from './picture';
export type { EmptyBox, PictureReading, Remarks } from './pictureReading';
export { type QuarterTurn, turnBox } from './quarterTurn';
export { type ReadOptions, readPicture, readPictureSteps, STAGE_ENDS } from './readPicture';
export { looksLikeSvg, sniffPicture } from './sniffPicture';
export { webpOrientation } from './webpOrientation';
