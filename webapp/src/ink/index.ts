export { collapseSpeck } from './collapseSpeck';
export type { Box, Ink, Point, Stroke } from './ink';
export { inkBounds } from './inkBounds';
export { IMAGE_SIZE, rasterizeInk } from './rasterizeInk';
