import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Correction } from '../../../webapp/src/learning/correction';
import {
  LARGEST_FILE,
  MOST_CORRECTIONS,
  readCorrections,
  writeCorrections,
} from '../../../webapp/src/learning/correctionsFile';

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
  expect(() => readCorrections(new Uint8Array(LARGEST_FILE + 1))).toThrow('The file is larger than 20 MB;');
});

test('as many as are kept are also written and read', () => {
  const [first] = corrections as [Correction];
  const many = Array.from({ length: MOST_CORRECTIONS }, (_, i) => ({ ...first, id: `i${i}` }));
  expect(readCorrections(bytes(writeCorrections(many))).length).toBe(MOST_CORRECTIONS);
});

test('nothing in a file reaches the prototype of anything', () => {
  const line =
    '{"id":"a","label":1,"kind":"correction","model":"m","time":1,"ink":[[[0,0]]],"__proto__":{"polluted":1}}';
  expect(() => readCorrections(bytes(oneLine(line)))).toThrow('an unknown field');
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
