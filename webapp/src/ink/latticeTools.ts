import { describe, group, SPAN, WIDEST } from './groupPieces';
import { measureParts, measureStrokes } from './measureStrokes';
import { distances, middle, relate } from './pieces';

/** What finding candidates takes, for those who find more of them. */
export const latticeTools = {
  describe,
  distances,
  group,
  measureParts,
  measureStrokes,
  middle,
  relate,
  span: SPAN,
  widest: WIDEST,
};

export type LatticeTools = typeof latticeTools;
