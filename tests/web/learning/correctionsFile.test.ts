import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Correction } from '../../../webapp/src/learning/correction';
import {
  LARGEST_FILE,
  MOST_CORRECTIONS,
  readCorrections,
  writeCorrections,
} from '../../../webapp/src/learning/correctionsFile';
import { newId } from '../../../webapp/src/learning/newId';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly refused: 'file' | number | null;
}

const cases = JSON.parse(readFileSync(new URL('../../golden/corrections.json', import.meta.url), 'utf8')) as Case[];
const bytes = (text: string) => new TextEncoder().encode(text);
const oneLine = (line: string) => `{"format":"digitpad-corrections","version":1,"count":1}\n${line}\n`;

test.each(cases)('$name', ({ text, refused }) => {
  const read = () => readCorrections(bytes(text));
  if (refused === null) return expect(read().length).toBeGreaterThan(0);
  expect(read).toThrow(expect.objectContaining({ name: 'CorrectionsFileError' }));
  expect(read).toThrow(refused === 'file' ? /^The file .*\.$/ : new RegExp(`^Line ${refused} of the file .*\\.$`));
});

test('too much of anything is refused', () => {
  const good = JSON.stringify({ id: 'a', label: 1, kind: 'correction', model: 'm', time: 1, ink: [[[0, 0]]] });
  for (const line of [
    good.replace('[0,0]', Array.from({ length: 20_001 }, () => '[0,0]').join()),
    good.replace('[0,0]', `[${'9'.repeat(5000)},0]`),
    '['.repeat(50_000) + ']'.repeat(50_000),
    '{"ink":'.repeat(3000),
  ]) {
    expect(() => readCorrections(bytes(oneLine(line)))).toThrow(/^Line 2 of the file is damaged/);
  }
  expect(() => readCorrections(bytes(oneLine('{}\n'.repeat(MOST_CORRECTIONS + 1))))).toThrow('more than 10,000');
});

const ink = [[[0.1234, 1e-4], [-0.5, 1]], [[0, 0]]] as const; // biome-ignore format: points
const pixels = Array.from({ length: 784 }, (_, i) => i % 256);
const corrections: Correction[] = [
  { id: 'a', label: 7, kind: 'correction', model: 'm', time: 1, ink },
  { id: 'b', label: null, kind: 'confirmation', model: 'm', time: 2, pixels },
];

test('what is written is read back, to the last digit', () => {
  expect(readCorrections(bytes(writeCorrections(corrections)))).toEqual(corrections);
});

test('bytes that are no text, and too many of them, are refused', () => {
  expect(() => readCorrections(Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0xff))).toThrow('The file is not text;');
  expect(() => readCorrections(new Uint8Array(LARGEST_FILE + 1))).toThrow('The file is larger than 50 MB;');
});

test('as many as are kept are also written and read', () => {
  const [first] = corrections as [Correction];
  const many = Array.from({ length: MOST_CORRECTIONS }, (_, i) => ({ ...first, id: `i${i}` }));
  expect(readCorrections(bytes(writeCorrections(many))).length).toBe(MOST_CORRECTIONS);
});

/** A generator of numbers from 0 to 1, the same each time. */
function numbersFrom(seed: number): () => number {
  return () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
}

const TIMES = [-3.1e10, -1, 0, 0.5, 1.7e12, 4_102_444_800_000, 4_102_444_800_001, 8.64e15];
const POINTS = [1, 2, 199, 201, 20_000, 20_001, 50_000];
const STROKES = [1, 2, 100, 101, 300];

test('whatever the page may hold, it reads back from the file that it writes', () => {
  const next = numbersFrom(5);
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(next() * values.length)] as Value;
  const place = () => pick([next(), 3 * next() - 1, 1e-7 * next(), 250 * (next() - 0.5)]);
  const drawn = (): Correction['ink'] => {
    const [strokes, points] = [pick(STROKES), pick(POINTS)];
    return Array.from({ length: strokes }, () =>
      Array.from({ length: Math.ceil(points / strokes) }, () => [place(), place()] as const),
    );
  };
  for (let round = 0; round < 30; round++) {
    const held = Array.from({ length: 3 }, (_, i): Correction => {
      const time = pick(TIMES);
      const content = next() < 0.8 ? { ink: drawn() as NonNullable<Correction['ink']> } : { pixels };
      const label = pick([null, 0, 5, 9]);
      return {
        id: `${newId(time)}${i}`,
        label,
        kind: pick(['correction', 'confirmation']),
        model: 'm',
        time,
        ...content,
      };
    });
    const read = readCorrections(bytes(writeCorrections(held)));
    expect(read.map(({ id, label, kind }) => [id, label, kind])).toEqual(
      held.map(({ id, label, kind }) => [id, label, kind]),
    );
    expect(readCorrections(bytes(writeCorrections(read)))).toEqual(read); // from here on nothing changes
  }
});

test('as many as a file holds, each as large as can be, are not too many bytes', () => {
  const place = (i: number) => -99 - ((i * 0.1234) % 0.9);
  const ink = Array.from({ length: 100 }, (_, s) =>
    Array.from({ length: 9 }, (_, i) => [place(s + i), place(i)] as const),
  );
  const largest = (id: number): Correction => ({
    ...{ id: String(id).padStart(64, '0'), label: null, kind: 'confirmation', model: 'm'.repeat(64), time: 4e12, ink },
  });
  const lines = writeCorrections([largest(0), largest(1)]).split('\n');
  expect((lines[1]?.length ?? Infinity) * MOST_CORRECTIONS).toBeLessThan(LARGEST_FILE - 1000);
  const [first] = corrections as [Correction];
  const many = Array.from({ length: MOST_CORRECTIONS + 3 }, (_, i) => ({ ...first, id: `i${i}` }));
  expect(readCorrections(bytes(writeCorrections(many)))[0]?.id).toBe('i3'); // the newest
});

test('a refusal names its kind, and the line', () => {
  expect(() => readCorrections(bytes('{}'))).toThrow(expect.objectContaining({ problem: 'foreign', line: 0 }));
  expect(() => readCorrections(bytes(oneLine('{}')))).toThrow(expect.objectContaining({ problem: 'damaged', line: 2 }));
});

test('nothing in a file reaches the prototype of anything', () => {
  const line =
    '{"id":"a","label":1,"kind":"correction","model":"m","time":1,"ink":[[[0,0]]],"__proto__":{"polluted":1}}';
  expect(() => readCorrections(bytes(oneLine(line)))).toThrow('an unknown field');
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
