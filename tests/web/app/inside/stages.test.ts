import { expect, test } from 'vitest';
import { stagesOf } from '../../../../webapp/src/app/inside/stages';
import type { FeatureMaps } from '../../../../webapp/src/recognizer';

const layersOf = (kinds: string): FeatureMaps[] =>
  [...kinds].map((kind, i) => ({
    name: `${kind}${i}`,
    kind: kind === 'c' ? 'convolution' : 'pooling',
    channels: 1,
    width: 1,
    height: 1,
    values: new Float32Array(1),
  }));

const stages = (kinds: string) => stagesOf(layersOf(kinds)).map(({ stage, layers }) => [stage, layers.length]);

test('layers are sorted by what they do; neighbours that do the same stand together', () => {
  expect(stages('ccpcccp')).toEqual([
    ['edges', 1],
    ['lines', 1],
    ['smaller', 1],
    ['parts', 1],
    ['largerParts', 2],
    ['places', 1],
  ]);
});

test('networks of other shapes have their stages too, and no layer is lost', () => {
  expect(stages('cpcpc')).toEqual([
    ['edges', 1],
    ['smaller', 1],
    ['parts', 1],
    ['smaller', 1],
    ['parts', 1],
  ]);
  expect(stages('cccp')).toEqual([
    ['edges', 1],
    ['lines', 2],
    ['places', 1],
  ]);
  expect(stages('')).toEqual([]);
});
