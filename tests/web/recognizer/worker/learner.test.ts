import { expect, test } from 'vitest';
import { IMAGE_SIZE, type Ink } from '../../../../webapp/src/ink';
import { adaptHead } from '../../../../webapp/src/learning/adaptHead';
import { augment } from '../../../../webapp/src/learning/augmentations';
import { CLASSES, type Head } from '../../../../webapp/src/learning/head';
import type { Example } from '../../../../webapp/src/recognizer/recognizer';
import { Learner } from '../../../../webapp/src/recognizer/worker/learner';
import { chance, HEAD, WIDTH } from '../../learning/madeFeatures';

const PIXELS = IMAGE_SIZE * IMAGE_SIZE;

/** A body that sums the ink in sixteen parts of the image; `asked` counts the images that it was shown. */
function makeBody() {
  const body = {
    asked: 0,
    featuresOf(pixels: Float32Array): Float32Array {
      const images = pixels.length / PIXELS;
      body.asked += images;
      const features = new Float32Array(images * WIDTH);
      for (const [i, level] of pixels.entries()) {
        const [image, y, x] = [Math.floor(i / PIXELS), Math.floor((i % PIXELS) / IMAGE_SIZE), i % IMAGE_SIZE];
        const place = image * WIDTH + 4 * Math.floor(y / 7) + Math.floor(x / 7);
        features[place] = (features[place] as number) + level / 20;
      }
      return features;
    },
  };
  return body;
}

function line(seed: number): Ink {
  const random = chance(seed);
  const point = () => [random(), random()] as const;
  return [[point(), point(), point()]];
}

const examples = (count: number, first = 0): Example[] =>
  Array.from({ length: count }, (_, i) => {
    const number = first + i;
    return { id: `e${String(number).padStart(4, '0')}`, label: number % CLASSES, ink: line(number) };
  });

const make = (body = makeBody()) => new Learner(HEAD, null, 0, body.featuresOf);

test('examples that are left give the same head, however they came', () => {
  const [all, apart] = [make(), make()];
  const expected = all.learn({ add: examples(8) });
  apart.learn({ add: examples(200, 4).reverse() });
  apart.learn({ add: examples(4) });
  const forget = examples(196, 8).map(({ id }) => id);
  expect(apart.learn({ forget })).toEqual(expected);
});

/** A replay set as export/replay.py writes it: scales, then levels of 15, of two features the first in the low bits. */
function packed(scales: readonly number[], levels: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const pairs = levels.flatMap((row) =>
    row.flatMap((level, i) => (i % 2 ? [] : [level + 16 * (row[i + 1] as number)])),
  );
  return Uint8Array.of(...new Uint8Array(Float32Array.from(scales).buffer), ...pairs);
}

test('what is rehearsed is read from four bits a feature, the square of a level times a scale', () => {
  const random = chance(1);
  const scales = Array.from({ length: WIDTH }, (_, k) => 1 + k / 10);
  const levels = Array.from({ length: 50 }, () => scales.map(() => Math.floor(16 * random())));
  const features = levels.flatMap((row) => row.map((level, k) => (scales[k] as number) * (level / 15) ** 2));
  // In front of it other bytes, as in a buffer that holds more.
  const content = packed(scales, levels);
  const shifted = new Uint8Array(content.length + 3);
  shifted.set(content, 3);
  const body = makeBody();
  const learnt = new Learner(HEAD, shifted.subarray(3), 0, body.featuresOf).learn({ add: examples(2) }) as Head;

  const views = (view: number) => examples(2).map((example) => body.featuresOf(augment(example, view)));
  const adapted = adaptHead(
    HEAD,
    {
      features: Float32Array.from(views(0).flatMap((row) => [...row])),
      labels: [0, 1],
      augmented: Float32Array.from(
        [0, 1].flatMap((i) => [1, 2, 3, 4, 5, 6].flatMap((v) => [...(views(v)[i] as Float32Array)])),
      ),
    },
    Float32Array.from(features),
  );
  for (const [i, weight] of adapted.kernel.entries()) expect(learnt.kernel[i]).toBeCloseTo(weight, 5);
});

test('few examples are learnt from in several views, and each view is computed once', () => {
  const body = makeBody();
  const learner = make(body);
  learner.learn({ add: examples(10) });
  expect(body.asked).toBe(70);
  learner.learn({ add: examples(1, 10) });
  expect(body.asked).toBe(77);
  learner.learn({ forget: ['e0000'] });
  expect(body.asked).toBe(77);
});

test('of a crowd each is seen once, so that learning stays quick', () => {
  const body = makeBody();
  make(body).learn({ add: examples(400) });
  expect(body.asked).toBe(400);
});

test('an example that is none is refused, and the others stay', () => {
  const learner = make();
  const expected = learner.learn({ add: examples(3) });
  expect(() => learner.learn({ add: [{ id: 'x', label: 1 }], forget: ['e0001'] })).toThrow(
    'The example x has neither ink nor 784 pixels.',
  );
  expect(learner.learn({})).toEqual(expected);
});

test('nothing known, nothing learnt', () => {
  const learner = make();
  expect(learner.learn({})).toBeNull();
  learner.learn({ add: examples(1) });
  expect(learner.learn({ forget: ['e0000'] })).toBeNull();
});
