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
  readonly pieces: readonly (string | [unit: string, count: number])[];
  readonly error: string | null;
}

const cases = JSON.parse(readFileSync(new URL('../../golden/corrections.json', import.meta.url), 'utf8')) as Case[];
const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = ({ pieces }: Case) =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : piece[0].repeat(piece[1]))).join('');

test.each(cases)('$name', (file) => {
  const read = () => readCorrections(bytes(textOf(file)));
  if (file.error === null) expect(read().length).toBeGreaterThan(0);
  else expect(read).toThrow(expect.objectContaining({ name: 'CorrectionsFileError', message: file.error }));
});

const corrections: Correction[] = [
  {
    id: 'a',
    label: 7,
    kind: 'correction',
    model: 'm',
    time: 1,
    ink: [
      [
        [0.1234, 1e-4],
        [-0.5, 1],
      ],
      [[0, 0]],
    ],
  },
  {
    id: 'b',
    label: null,
    kind: 'confirmation',
    model: 'm',
    time: 2,
    pixels: Array.from({ length: 784 }, (_, i) => i % 256),
  },
];

test('what is written is read back, to the last digit', () => {
  expect(readCorrections(bytes(writeCorrections(corrections)))).toEqual(corrections);
});

test('bytes that are no text, and too many of them, are refused', () => {
  expect(() => readCorrections(Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0xff))).toThrow('The file is no text;');
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
  const file = `{"format":"digitpad-corrections","version":1,"count":1}\n${line}\n`;
  expect(() => readCorrections(bytes(file))).toThrow('a field that is not known');
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
