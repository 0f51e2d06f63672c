export type { Classify } from '../reading';
export type { Picture } from './picture';
export { type QuarterTurn, turnBox } from './quarterTurn';
export {
  type EmptyBox,
  type PictureReading,
  type ReadOptions,
  type Remarks,
  readPicture,
  readPictureSteps,
} from './readPicture';
export { looksLikeSvg, sniffPicture } from './sniffPicture';
