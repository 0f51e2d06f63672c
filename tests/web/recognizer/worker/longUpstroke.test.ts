// @module-tag heavy
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { siteFilesOf } from '../../../../webapp/build/siteFiles';
import { type Ink, type Point, rasterizeInk } from '../../../../webapp/src/ink';
import { buildModel } from '../../../../webapp/src/network';
import { createLearner } from '../../../../webapp/src/recognizer/worker/learner';
import { chance } from '../../learning/madeFeatures';

const FLAT_ONE: Ink = [
  [
    [0, 20],
    [50, 2],
    [40, 100],
  ],
]; // its upstroke is long and so flat that it looks like the bar of a 7
const PLAIN_SEVEN: Ink = [
  [
    [5, 5],
    [75, 5],
    [35, 100],
  ],
];
const CROSSED_SEVEN: Ink = [
  [
    [5, 5],
    [75, 5],
    [35, 100],
  ],
  [
    [20, 52],
    [72, 48],
  ],
];

/** The same digit by an unsteady hand: each corner moves by up to 3 hundredths. */
function drawAgain(ink: Ink, seed: number): Ink {
  const random = chance(seed);
  const move = ([x, y]: Point): Point => [x + 6 * random() - 3, y + 6 * random() - 3];
  return ink.map((stroke) => stroke.map(move));
}

test('two taps teach a 1 with a long upstroke that was read as 7, and the hand keeps its 7s', async () => {
  const { modelFiles, replayFile, sources } = siteFilesOf('webapp/model');
  const contentOf = ({ path }: { path: string }) => new Uint8Array(readFileSync(sources.get(path) as string));
  const model = await buildModel(modelFiles.map(contentOf));
  const replay = replayFile && contentOf(replayFile);
  const learner = createLearner(model.originalHead(), replay, 0.5, (pixels) => model.features(pixels));
  const read = (ink: Ink) =>
    [11, 12, 13, 14].map((seed) => {
      const probabilities = model.classify(rasterizeInk(drawAgain(ink, seed)));
      return probabilities.indexOf(Math.max(...probabilities));
    });

  expect(read(FLAT_ONE)).toEqual([7, 7, 7, 7]);
  const taps = [1, 2].map((seed) => ({ id: `tap ${seed}`, label: 1, ink: drawAgain(FLAT_ONE, seed) }));
  model.replaceHead(learner.learn({ add: taps }));
  expect(read(FLAT_ONE)).toEqual([1, 1, 1, 1]);
  expect(read(PLAIN_SEVEN)).toEqual([7, 7, 7, 7]);
  expect(read(CROSSED_SEVEN)).toEqual([7, 7, 7, 7]);
});
