import { overlapX } from '../box';
import type { Ink } from '../ink';
import { type Classify, DOUBTFUL, type Reading, readDigit } from '../reading';
import { MAX_WIDTH_OF_ONE } from './candidate';
import { digitCandidates } from './digitCandidates';
import { leftToRight } from './pieces';
import { CandidateClassifier, inkOf, type ScoredCandidate } from './scoredCandidates';
import { searchLattice } from './searchLattice';

/** Two digits that share more than this part of the wider one's width are on top of each other. */
const MAX_SHARED_WIDTH = 0.6;

/** The strokes of one thing that need not be a digit are not farther apart, in line heights. */
const MAX_PEN_LIFT_OF_ONE = 0.05;

/** Reads ink as one digit or as a number: the best path through a lattice of candidates. */
export class InkReader {
  readonly classifier: CandidateClassifier;
  readonly #confidenceThreshold: number;
  /** Candidates of cut strokes of the ink that was read last: their probabilities are kept for one more reading. */
  #cut: readonly ScoredCandidate[] = [];

  /** @param confidenceThreshold the confidence that a digit must exceed to be named. */
  constructor(classify: Classify, confidenceThreshold: number) {
    this.classifier = new CandidateClassifier(classify);
    this.#confidenceThreshold = confidenceThreshold;
  }

  /** Forget all probabilities, because the network has changed. */
  forget(): void {
    this.classifier.forgetAllBut([]);
  }

  /** Keep the probabilities of these candidates when the next ink is read. */
  keepForNext(candidates: readonly ScoredCandidate[]): void {
    this.#cut = candidates;
  }

  /**
   * Read strokes of [x, y] points, y down, in any unit, as digits from left to right.
   *
   * @throws TypeError where a point is not a pair of finite numbers.
   */
  read(ink: Ink): Reading {
    const lattice = this.classifier.lattice(digitCandidates(ink), ink);
    this.classifier.forgetAllBut([...lattice.candidates, ...this.#cut]);
    this.#cut = [];
    const [whole, ...others] = lattice.candidates;
    if (whole && others.length === 0) return this.readingOf([whole]);
    const path = searchLattice(lattice, this.classifier);
    return this.readingOf(whole && this.#isOneThing(whole, path) ? [whole] : path);
  }

  /** The reading of a path: one digit for each of its candidates. */
  readingOf(path: readonly ScoredCandidate[]): Reading {
    const ordered = [...path].sort((one, other) => leftToRight(one.candidate, other.candidate));
    const probabilities = this.classifier.classify(ordered);
    const readings = ordered.map((one, i) => {
      const { box, strokes, parts } = one.candidate;
      return readDigit(probabilities[i] as number[], box, this.#confidenceThreshold, strokes, parts && inkOf(one));
    });
    return { text: readings.map(({ text }) => text).join(''), digits: readings.flatMap(({ digits }) => digits) };
  }

  /**
   * Whether a path of two candidates is one thing, and so perhaps not a digit: two digits on top of each other, or a digit
   * that touches what is not one, as the stem of a K does.
   */
  #isOneThing({ candidate: whole }: ScoredCandidate, path: readonly ScoredCandidate[]): boolean {
    const [one, other] = path as [ScoredCandidate, ScoredCandidate];
    if (path.length !== 2) return false;
    const boxes = [one.candidate.box, other.candidate.box] as const;
    if (overlapX(...boxes) > MAX_SHARED_WIDTH * Math.max(...boxes.map(({ width }) => width))) return true;
    const isSmall = whole.width <= MAX_WIDTH_OF_ONE && whole.longestPenLift <= MAX_PEN_LIFT_OF_ONE;
    return isSmall && path.some((each) => this.classifier.confidence(each) <= DOUBTFUL);
  }
}
