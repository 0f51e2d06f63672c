import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { distances } from '../../../webapp/src/bitmap/digits/distances';
import { paperLevel } from '../../../webapp/src/bitmap/paper/paperLevel';
import { findComponents } from '../../../webapp/src/bitmap/pieces/components';

interface Case {
  readonly width: number;
  readonly height: number;
  readonly distances: { readonly mask: number[]; readonly distances: number[] };
  readonly components: {
    readonly levels: number[];
    readonly rim: number;
    readonly ink: number;
    readonly components: number[][];
  };
  readonly closing: { readonly levels: number[]; readonly closed: number[] };
}

const file = new URL('../../golden/picture_steps.json', import.meta.url);
const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[];

describe.each(cases)('a picture of $width×$height is as in scipy', ({ width, height, ...steps }) => {
  test('distances', () => {
    const { mask, distances: expected } = steps.distances;
    const found = distances(Uint8Array.from(mask), width, height);
    for (const [i, distance] of expected.entries()) expect(found[i]).toBeCloseTo(distance, 8);
  });

  test('connected components', () => {
    const { levels, rim, ink, components: expected } = steps.components;
    const found = findComponents({ width, height, data: Int16Array.from(levels) }, rim, ink);
    expect(found.components.map((c) => [c.x, c.y, c.width, c.height, c.area])).toEqual(expected);
    for (const { label, area } of found.components) {
      expect(found.labels.data.filter((other) => other === label).length).toBe(area);
    }
  });

  test('closing, in cells of one pixel', () => {
    const { levels, closed } = steps.closing;
    const { data } = paperLevel({ width, height, data: Uint8Array.from(levels) }, 8);
    expect([...data]).toEqual(closed);
  });
});

test('nothing is near an empty mask', () => {
  expect([...distances(new Uint8Array(6), 3, 2)]).toEqual(Array(6).fill(Number.POSITIVE_INFINITY));
});
