import { expect, test } from 'vitest';
import type { Ink } from '../../../webapp/src/ink';
import type { DigitCandidate } from '../../../webapp/src/number/candidate';
import { digitCandidates } from '../../../webapp/src/number/digitCandidates';
import { WEIGHTS } from '../../../webapp/src/number/latticeWeights';
import { geometryFeatures, scoreGeometry, scoreNetwork } from '../../../webapp/src/number/scoreCandidate';
import { DIGITS, written } from './made';

const sure = (probability: number) => [probability, ...Array(9).fill((1 - probability) / 9)];

test('every feature has a weight', () => {
  const [candidate] = digitCandidates(DIGITS[3] as Ink).candidates;
  expect(geometryFeatures(candidate as DigitCandidate)).toHaveLength(WEIGHTS.geometry.length);
});

test('the network never speaks more for a candidate than at certainty: what was not asked counts as that', () => {
  expect(scoreNetwork(sure(1))).toBeCloseTo(0, 9);
  const scores = [1, 0.999, 0.9, 0.5, 0.1].map((probability) => scoreNetwork(sure(probability)));
  expect(scores).toEqual([...scores].sort((one, other) => other - one));
});

test('geometry would sooner take a 4 of two strokes together than a 12', () => {
  const gain = (ink: Ink) => {
    const { candidates } = digitCandidates(ink);
    const scoreOf = (strokes: string) =>
      scoreGeometry(candidates.find((one) => one.strokes.join(' ') === strokes) as DigitCandidate);
    return scoreOf('0 1') - scoreOf('0') - scoreOf('1');
  };
  expect(gain(DIGITS[4] as Ink)).toBeGreaterThan(gain(written('12')) + 3);
});
