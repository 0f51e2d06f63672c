import { type Ink, PIXELS } from '../ink';
import type { Correction } from './correction';

/**
 * The file of corrections: JSON Lines, first a header, then a correction a line. corrections.schema.json describes both.
 *
 * Twin of training/data/corrections.py: both take and refuse the same files, in the same words (tests/golden/corrections.json).
 */
export const FORMAT = 'digitpad-corrections';
export const VERSION = 1;

/** Limits of what is taken; a digit has a few strokes of some hundred points. */
export const LARGEST_FILE = 20_000_000; // bytes
export const MOST_CORRECTIONS = 10_000;
const LONGEST_LINE = 1_000_000; // characters
const DEEPEST = 5; // brackets in one another
const MOST_STROKES = 100;
const MOST_POINTS = 20_000;
const FARTHEST = 100; // pad units
const LATEST = 4_102_444_800_000; // the year 2100

/** A file that is not taken; `message` is one sentence for the user. */
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
 * Read a file of corrections: all of it, or nothing.
 *
 * @throws CorrectionsFileError that says what is wrong with it, and what to do.
 */
export function readCorrections(content: Uint8Array): Correction[] {
  if (content.length > LARGEST_FILE) {
    throw new CorrectionsFileError('The file is larger than 20 MB; choose one that Digitpad exported.');
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new CorrectionsFileError('The file is no text; choose one that Digitpad exported.');
  }
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  const count = readHeader(lines[0] ?? '');
  if (count > MOST_CORRECTIONS || lines.length - 1 > MOST_CORRECTIONS) {
    throw new CorrectionsFileError('The file holds more than 10,000 corrections; more are not taken.');
  }
  const corrections = lines.slice(1).map((line, i) => readLine(line, i + 2));
  const ids = new Set<string>();
  for (const [i, { id }] of corrections.entries()) {
    if (ids.has(id)) throw damaged(i + 2, 'its id stands on an earlier line');
    ids.add(id);
  }
  if (corrections.length !== count) {
    throw new CorrectionsFileError(
      `The file holds ${corrections.length} corrections in place of ${count}, so it came cut short; export it again.`,
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
      'The file does not begin as a file of corrections; choose one that Digitpad exported.',
    );
  }
  if (version > VERSION) {
    throw new CorrectionsFileError('The file is of a newer version than is known here; update Digitpad and try again.');
  }
  if (!isWhole(count, 0, Infinity) || !hasOnly(header as object, ['format', 'version', 'count'])) {
    throw damaged(1, 'it is not as a header has to be');
  }
  return count;
}

function readLine(line: string, number: number): Correction {
  if (line.length > LONGEST_LINE) throw damaged(number, 'it is too long');
  if (depth(line) > DEEPEST) throw damaged(number, 'it is nested too deeply');
  const value = parse(line);
  if (!isObject(value)) throw damaged(number, 'it is no JSON object');
  const { id, label, kind, ink, pixels, model, time } = value;
  if (!hasOnly(value, ['id', 'label', 'kind', 'ink', 'pixels', 'model', 'time'])) {
    throw damaged(number, 'it has a field that is not known');
  }
  if (!isWord(id)) throw damaged(number, 'its id is not 1 to 64 letters, digits, - or _');
  if (label !== null && !isWhole(label, 0, 9)) throw damaged(number, 'its label is not 0 to 9, or null for no digit');
  if (kind !== 'correction' && kind !== 'confirmation') {
    throw damaged(number, 'its kind is neither correction nor confirmation');
  }
  if (!isWord(model)) throw damaged(number, 'its model is not 1 to 64 letters, digits, - or _');
  if (!isWhole(time, 0, LATEST)) throw damaged(number, 'its time is not milliseconds since 1970');
  if ((ink === undefined) === (pixels === undefined)) throw damaged(number, 'it has not one of ink and pixels');
  const known = { id, label, kind, model, time } as const;
  if (ink !== undefined) {
    if (!isInk(ink)) throw damaged(number, 'its ink is not strokes of [x, y] points in pad units');
    return { ...known, ink };
  }
  if (!isPixels(pixels)) throw damaged(number, 'its pixels are not 784 whole numbers from 0 to 255');
  return { ...known, pixels };
}

function damaged(line: number, what: string): CorrectionsFileError {
  return new CorrectionsFileError(`Line ${line} of the file is damaged: ${what}; export it again.`);
}

/** What a line says, undefined where it is no JSON. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** How many brackets stand open in one another at most, those in strings left out. */
function depth(line: string): number {
  let open = 0;
  let most = 0;
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const character = line[i];
    if (quoted && character === '\\') i++;
    else if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '[' || character === '{') most = Math.max(most, ++open);
    else if (character === ']' || character === '}') open--;
  }
  return most;
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

function isWhole(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

function isInk(value: unknown): value is Ink {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_STROKES) return false;
  if (!value.every((stroke) => Array.isArray(stroke) && stroke.length > 0)) return false;
  const points = value.flat(1) as unknown[];
  return (
    points.length <= MOST_POINTS &&
    points.every((point) => Array.isArray(point) && point.length === 2 && point.every(isPlace))
  );
}

function isPlace(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= FARTHEST;
}

function isPixels(value: unknown): value is number[] {
  return Array.isArray(value) && value.length === PIXELS && value.every((level) => isWhole(level, 0, 255));
}
