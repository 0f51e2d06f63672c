// @module-tag heavy
import { expect, test } from 'vitest';
import { CLASSES, IMAGE_SIZE, type Ink } from '../../../../webapp/src/ink';
import type { Example } from '../../../../webapp/src/recognizer/recognizer';
import { createLearner, readReplay } from '../../../../webapp/src/recognizer/worker/learner';
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

const make = (body = makeBody()) => createLearner(HEAD, null, 0, body.featuresOf);

test('examples that are left give the same head, however they came', () => {
  const [all, apart] = [make(), make()];
  const expected = all.learn({ add: examples(8) });
  apart.learn({ add: examples(200, 4).reverse() });
  apart.learn({ add: examples(4) });
  const forget = examples(196, 8).map(({ id }) => id);
  expect(apart.learn({ forget })).toEqual(expected);
});

test('what is rehearsed is read from four bits a feature, the square of a level times a scale', () => {
  // As export/replay.py writes it: two scales, then three digits, the first of two features in the low bits.
  const scales = new Uint8Array(Float32Array.of(15, 225).buffer);
  const content = Uint8Array.of(99, ...scales, 0x10, 0x0f, 0xf3); // after another byte, as in a larger buffer
  const features = readReplay(content.subarray(1), 2);
  const expected = [0, 1, 15, 0, 0.6, 225];
  expect(features).toHaveLength(expected.length);
  for (const [i, feature] of expected.entries()) expect(features[i]).toBeCloseTo(feature, 5);
});

test('learning rehearses the replay set', () => {
  const replay = new Uint8Array(5 * WIDTH).fill(0x99);
  replay.set(new Uint8Array(new Float32Array(WIDTH).fill(1).buffer));
  const rehearsing = createLearner(HEAD, replay, 0, makeBody().featuresOf);
  expect(rehearsing.learn({ add: examples(2) })).not.toEqual(make().learn({ add: examples(2) }));
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
