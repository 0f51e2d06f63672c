import type { Ink } from '../ink';
import { DOUBTFUL, type Reading } from '../reading';
import { MAX_WIDTH_OF_ONE } from './candidate';
import { cutCandidates } from './cutCandidates';
import { digitCandidates } from './digitCandidates';
import type { InkReader } from './inkReader';
import type { ScoredCandidate } from './scoredCandidates';
import { searchLattice } from './searchLattice';

/** If the search takes more rounds, ink is not cut: scribbles have very many paths. */
const MAX_ROUNDS = 60;

/** The confidence that a part of a stroke must exceed: scribbles have parts that look like digits. */
const MIN_CONFIDENCE = 0.99;

/**
 * Read the ink of a number in which the pen may have gone on from one digit into the next: strokes that the network doubts
 * are cut where the parts are digits, and lines that only connect two digits are left out. Null where nothing is cut.
 *
 * @throws TypeError where a point is not a pair of finite numbers.
 */
export function readJoined(ink: Ink, reader: InkReader): Reading | null {
  const { classifier } = reader;
  const isUnsure = (limit: number) => (one: ScoredCandidate) => classifier.confidence(one) <= limit;
  const { candidates } = classifier.lattice(digitCandidates(ink), ink);
  if ((candidates[0]?.candidate.width ?? 0) <= MAX_WIDTH_OF_ONE) return null;
  const single = candidates.filter(({ candidate }) => candidate.strokes.length === 1);
  const mayCut = single.filter(isUnsure(DOUBTFUL)).flatMap(({ candidate }) => candidate.strokes);
  const found = mayCut.length > 0 ? cutCandidates(ink, mayCut) : null;
  if (found === null) return null;
  const lattice = classifier.lattice(found, ink);
  reader.keepForNext(lattice.candidates);
  const path = searchLattice(lattice, classifier, MAX_ROUNDS).filter(
    ({ candidate }) => candidate.connectorLength === undefined,
  );
  const cut = path.filter(({ candidate }) => candidate.cuts);
  if (cut.length === 0 || cut.some(isUnsure(MIN_CONFIDENCE))) return null;
  const reading = reader.readingOf(path);
  return cut.some(({ candidate }) => isZigzag(candidate.strokes, reading)) ? null : reading;
}

/** Whether all parts of some strokes are read as 1: a zigzag, or a tick. */
function isZigzag(strokes: readonly number[], { digits }: Reading): boolean {
  const parts = digits.filter((one) => one.ink && one.strokes?.some((stroke) => strokes.includes(stroke)));
  return parts.every(({ digit }) => digit === 1);
}
