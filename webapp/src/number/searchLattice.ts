import { bestPath } from './bestPath';
import { scoreNetwork } from './scoreCandidate';
import type { CandidateClassifier, Lattice, ScoredCandidate } from './scoredCandidates';

/** Rounds in which only the candidates of the best path are classified, before all are. */
const LAZY_ROUNDS = 3;

/**
 * The best path through a lattice. Few candidates are classified: one that is not counts as certain, so that a best path
 * without such candidates is better than all others, whatever the network would say about them.
 *
 * @param maxRounds after so many rounds without a result the path is empty; then all rounds are lazy.
 */
export function searchLattice(
  { pieces, candidates }: Lattice,
  classifier: CandidateClassifier,
  maxRounds = Infinity,
): ScoredCandidate[] {
  const isUnknown = (one: ScoredCandidate) => one.candidate.connectorLength === undefined && !classifier.cached(one);
  for (let round = 1; ; round++) {
    const scored = candidates.map((one) => {
      const probabilities = classifier.cached(one);
      const score = one.geometry + (probabilities ? scoreNetwork(probabilities) : 0);
      return { pieces: one.candidate.pieces, score };
    });
    const path = bestPath(pieces, scored).map((i) => candidates[i] as ScoredCandidate);
    if (!path.some(isUnknown)) return path;
    if (round > maxRounds) return [];
    const lazy = round <= LAZY_ROUNDS || maxRounds < Infinity;
    classifier.classify((lazy ? path : candidates).filter(isUnknown));
  }
}
