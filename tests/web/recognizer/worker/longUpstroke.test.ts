import { readFileSync } from 'node:fs';
import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, test } from 'vitest';
import { siteFilesOf } from '../../../../webapp/build/siteFiles';
import { type Ink, rasterizeInk } from '../../../../webapp/src/ink';
import { createLearner } from '../../../../webapp/src/recognizer/worker/learner';
import { buildModel, type Model } from '../../../../webapp/src/recognizer/worker/model';
import { chance } from '../../learning/madeFeatures';

const FOLDER = 'webapp/model';
let model: Model;
beforeAll(async () => {
  await setBackend('cpu');
  const { modelFiles, sources } = siteFilesOf(FOLDER);
  model = await buildModel(modelFiles.map(({ path }) => new Uint8Array(readFileSync(sources.get(path) as string))));
});
function drawn(corners: readonly (readonly number[])[][], seed: number, shake = 3): Ink {
  const random = chance(seed);
  return corners.map((s) => { const c = s.map(([x, y]) => [x! + shake * (2 * random() - 1), y! + shake * (2 * random() - 1)] as const);
    return c; });
}
const read = (ink: Ink) => { const p = [...model.classify(rasterizeInk(ink))]; const m = Math.max(...p); return `${p.indexOf(m)}(${m.toFixed(2)})`; };
const forms: Record<string, number[][][]> = {
  flat25: [[[0, 25], [55, 2], [45, 100]]], flat20: [[[0, 20], [50, 2], [40, 100]]], flat30w: [[[0, 30], [70, 2], [55, 100]]], flat30s: [[[0, 32], [62, 0], [30, 100]]],
  flat30n: [[[0, 30], [40, 2], [34, 100]]], foot30: [[[0, 30], [50, 2], [45, 98]], [[15, 100], [76, 100]]], wide45: [[[0, 45], [75, 2], [60, 100]]], wide45s: [[[0, 45], [75, 0], [45, 100]]],
  footwide: [[[0, 45], [75, 0], [55, 100]], [[25, 100], [90, 100]]],
  seven: [[[5, 5], [75, 5], [35, 100]]], crossed: [[[5, 5], [75, 5], [35, 100]], [[20, 52], [72, 48]]],
};
test('x', () => {
  for (const [n, f] of Object.entries(forms)) console.log(n, [1, 2, 3].map((s) => read(drawn(f, s))).join(' '));
  const { replayFile, sources } = siteFilesOf(FOLDER) as any;
  const replay = new Uint8Array(readFileSync(sources.get(replayFile.path)));
  for (const n of Object.keys(forms).slice(0, 9)) {
    const learner = createLearner(model.originalHead(), replay, 0.5, (p) => model.features(p));
    model.replaceHead(learner.learn({ add: [1, 2].map((s) => ({ id: `${s}`, label: 1, ink: drawn(forms[n]!, s) })) }));
    console.log('taught', n, Object.entries(forms).map(([m, f]) => m + ' ' + [11, 12, 13].map((s) => read(drawn(f, s))[0]).join('')).join('  '));
    model.replaceHead(null);
  }
});
