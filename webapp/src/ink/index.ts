export { collapseSpeck } from './collapseSpeck';
export { type DigitCandidate, type DigitCandidates, digitCandidates } from './digitCandidates';
export type { Box, Ink, Point, Stroke } from './ink';
export { inkBounds } from './inkBounds';
export { latticeTools } from './latticeTools';
export { IMAGE_SIZE, rasterizeInk } from './rasterizeInk';
