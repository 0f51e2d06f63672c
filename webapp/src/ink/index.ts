export type { Box } from '../box';
export { collapseSpeck } from './collapseSpeck';
export { BOX_SIZE, CLASSES, IMAGE_SIZE, PIXELS } from './image';
export type { Ink, Point, Stroke } from './ink';
export { inkBounds } from './inkBounds';
export { isInk, isPoint } from './isInk';
export { nameOfInk } from './nameOfInk';
export { rasterizeInk } from './rasterizeInk';
