import { type Ink, PIXELS } from '../ink';
import type { Correction } from './correction';

/**
 * The file of corrections: JSON Lines, first a header, then a correction a line. corrections.schema.json describes both.
 * training/data/corrections.py accepts the same files (tests/golden/corrections.json).
 */
const FORMAT = 'digitpad-corrections';
const VERSION = 1;

// Limits of what is accepted; a digit has a few strokes of some hundred points.
export const LARGEST_FILE = 20_000_000; // bytes
export const MOST_CORRECTIONS = 10_000;
const MAX_STROKES = 100;
const MAX_POINTS = 20_000;
const MAX_COORDINATE = 100; // pad units
const MAX_TIME = 4_102_444_800_000; // the year 2100

/** The file is refused; `message` is one sentence for the user. */
export class CorrectionsFileError extends Error {
  override readonly name = 'CorrectionsFileError';
}

/** Write corrections as a file's text. */
export function writeCorrections(corrections: readonly Correction[]): string {
  const header = { format: FORMAT, version: VERSION, count: corrections.length };
  const lines = corrections.map(({ id, label, kind, ink, pixels, model, time }) => ({
    ...{ id, label, kind, model, time },
    ...(ink ? { ink } : { pixels }),
  }));
  return [header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/**
 * Read a whole file of corrections.
 *
 * @throws CorrectionsFileError that says what is wrong, on which line, and what to do.
 */
export function readCorrections(content: Uint8Array): Correction[] {
  if (content.length > LARGEST_FILE) {
    throw new CorrectionsFileError('The file is larger than 20 MB; choose one that Digitpad exported.');
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new CorrectionsFileError('The file is not text; choose one that Digitpad exported.');
  }
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  const count = readHeader(lines[0] ?? '');
  if (lines.length - 1 > MOST_CORRECTIONS) {
    throw new CorrectionsFileError('The file holds more than 10,000 corrections, which is the limit.');
  }
  const corrections = lines.slice(1).map((line, i) => readLine(line, i + 2));
  const ids = new Set<string>();
  for (const [i, { id }] of corrections.entries()) {
    if (ids.has(id)) throw damaged(i + 2, 'an earlier line has the same id');
    ids.add(id);
  }
  if (corrections.length !== count) {
    throw new CorrectionsFileError(
      `The file was cut short: it holds ${corrections.length} corrections instead of ${count}; export it again.`,
    );
  }
  if (count === 0) throw new CorrectionsFileError('The file holds no corrections.');
  return corrections;
}

function readHeader(line: string): number {
  const header = parse(line) as { format?: unknown; version?: unknown; count?: unknown } | null;
  const { format, version, count } = isObject(header) ? header : {};
  if (format !== FORMAT || !isWhole(version, 1, Infinity)) {
    throw new CorrectionsFileError(
      'The file does not begin like a file of corrections; choose one that Digitpad exported.',
    );
  }
  if (version > VERSION) {
    throw new CorrectionsFileError('The file is of a newer version; update Digitpad and try again.');
  }
  if (!isWhole(count, 0, MOST_CORRECTIONS) || !hasOnly(header as object, ['format', 'version', 'count'])) {
    throw damaged(1, 'the header is wrong');
  }
  return count;
}

function readLine(line: string, number: number): Correction {
  const value = parse(line);
  if (!isObject(value)) throw damaged(number, 'it is not one correction in JSON');
  const { id, label, kind, ink, pixels, model, time } = value;
  if (!hasOnly(value, ['id', 'label', 'kind', 'ink', 'pixels', 'model', 'time'])) {
    throw damaged(number, 'it has an unknown field');
  }
  if (!isWord(id)) throw damaged(number, 'its id is wrong');
  if (label !== null && !isWhole(label, 0, 9)) throw damaged(number, 'its label is wrong');
  if (kind !== 'correction' && kind !== 'confirmation') throw damaged(number, 'its kind is wrong');
  if (!isWord(model)) throw damaged(number, 'its model is wrong');
  if (!isWhole(time, 0, MAX_TIME)) throw damaged(number, 'its time is wrong');
  if ((ink === undefined) === (pixels === undefined)) throw damaged(number, 'it must have either ink or pixels');
  const fields = { id, label, kind, model, time } as const;
  if (ink !== undefined) {
    if (!isInk(ink)) throw damaged(number, 'its ink is wrong');
    return { ...fields, ink };
  }
  if (!isPixels(pixels)) throw damaged(number, 'its pixels are wrong');
  return { ...fields, pixels };
}

function damaged(line: number, what: string): CorrectionsFileError {
  return new CorrectionsFileError(`Line ${line} of the file is damaged: ${what}; export it again.`);
}

/** Return the value of a line, undefined if it is not JSON. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasOnly(value: object, fields: readonly string[]): boolean {
  return Object.keys(value).every((field) => fields.includes(field));
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value);
}

function isWhole(value: unknown, min: number, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}

function isInk(value: unknown): value is Ink {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_STROKES) return false;
  if (!value.every((stroke) => Array.isArray(stroke) && stroke.length > 0)) return false;
  const points = value.flat(1) as unknown[];
  return (
    points.length <= MAX_POINTS &&
    points.every((point) => Array.isArray(point) && point.length === 2 && point.every(isPlace))
  );
}

function isPlace(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= MAX_COORDINATE;
}

function isPixels(value: unknown): value is number[] {
  return Array.isArray(value) && value.length === PIXELS && value.every((level) => isWhole(level, 0, 255));
}
