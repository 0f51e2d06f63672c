import { type Ink, rasterizeInk, type Stroke } from '../ink';
import { type Classify, classifyImages } from '../reading';
import type { DigitCandidate, DigitCandidates } from './candidate';
import { scoreGeometry } from './scoreCandidate';

/** A candidate with its geometry's score. */
export interface ScoredCandidate {
  readonly candidate: DigitCandidate;
  readonly geometry: number;
  /** The same for the same strokes of two inks in a row. */
  readonly key: string;
  readonly ink: Ink;
}

/** A lattice of candidates over pieces of ink; the first candidate is all of the ink. */
export interface Lattice {
  readonly pieces: number;
  readonly candidates: readonly ScoredCandidate[];
}

/** Classifies candidates, and remembers the probabilities by strokes: after one more stroke only new groups are classified. */
export class CandidateClassifier {
  readonly #classify: Classify;
  #cache = new Map<string, number[]>();
  #named: { stroke: Stroke; name: number }[] = [];
  #nextName = 0;

  constructor(classify: Classify) {
    this.#classify = classify;
  }

  /** Score the geometry of all candidates of some ink. */
  lattice({ pieces, candidates }: DigitCandidates, ink: Ink): Lattice {
    const names = this.#nameStrokes(ink);
    const scored = candidates.map((candidate): ScoredCandidate => {
      const key = `${candidate.strokes.map((stroke) => names[stroke]).join(' ')}:${candidate.parts?.join(' ') ?? ''}`;
      return { candidate, geometry: scoreGeometry(candidate), key, ink };
    });
    return { pieces, candidates: scored };
  }

  /** Ten probabilities; undefined for a candidate that is not classified yet. */
  cached({ key }: ScoredCandidate): number[] | undefined {
    return this.#cache.get(key);
  }

  /** Ten probabilities of each candidate. */
  classify(candidates: readonly ScoredCandidate[]): number[][] {
    const unknown = candidates.filter((one) => !this.cached(one));
    const images = unknown.map((one) => rasterizeInk(inkOf(one)));
    const answers = classifyImages(images, this.#classify);
    for (const [i, { key }] of unknown.entries()) this.#cache.set(key, answers[i] as number[]);
    return candidates.map((one) => this.cached(one) as number[]);
  }

  /** The probability of the likeliest digit. */
  confidence(candidate: ScoredCandidate): number {
    return Math.max(...(this.classify([candidate])[0] as number[]));
  }

  /** Forget all probabilities but those of some candidates. */
  forgetAllBut(candidates: readonly ScoredCandidate[]): void {
    const kept = candidates.flatMap((one) => {
      const probabilities = this.cached(one);
      return probabilities ? [[one.key, probabilities] as const] : [];
    });
    this.#cache = new Map(kept);
  }

  /** A name for each stroke: that of an equal stroke of the ink before, else a new one. */
  #nameStrokes(ink: Ink): number[] {
    this.#named = ink.map((stroke) => {
      const same = this.#named.find((before) => isEqual(before.stroke, stroke));
      return { stroke, name: same?.name ?? this.#nextName++ };
    });
    return this.#named.map(({ name }) => name);
  }
}

/** The ink of a candidate: its strokes, or its parts of them. */
export function inkOf({ candidate: { strokes, parts }, ink }: ScoredCandidate): Ink {
  return strokes.map((stroke, i) => {
    const whole = ink[stroke] as Stroke;
    const part = parts?.[i];
    return part ? whole.slice(part[0], part[1] + 1) : whole;
  });
}

function isEqual(one: Stroke, other: Stroke): boolean {
  return one.length === other.length && one.every(([x, y], i) => x === other[i]?.[0] && y === other[i]?.[1]);
}
