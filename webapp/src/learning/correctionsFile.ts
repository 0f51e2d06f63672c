import { PIXELS } from '../ink';
import { type Correction, MAX_COORDINATE, MAX_TIME, storable } from './correction';

/**
 * The file of corrections: JSON Lines, first a header, then a correction a line. corrections.schema.json describes both.
 * training/data/corrections.py accepts the same files (tests/golden/corrections.json).
 */
const FORMAT = 'digitpad-corrections';
const VERSION = 1;

// Limits of what is accepted; a digit has a few strokes of some hundred points.
export const LARGEST_FILE = 50_000_000; // bytes
export const MOST_CORRECTIONS = 10_000;
const MAX_STROKES = 100;
const MAX_POINTS = 20_000;

/** Why a file is refused. */
export type FileProblem =
  | 'too large'
  | 'not text'
  | 'foreign'
  | 'newer'
  | 'too many'
  | 'cut short'
  | 'empty'
  | 'damaged';

/** The file is refused. `message` says in one sentence, for developers, what is wrong with it. */
export class CorrectionsFileError extends Error {
  override readonly name = 'CorrectionsFileError';
  readonly problem: FileProblem;
  /** The line that is damaged, from 1; 0 if it is not about a line. */
  readonly line: number;

  constructor(problem: FileProblem, message: string, line = 0) {
    super(message);
    this.problem = problem;
    this.line = line;
  }
}

/** Write corrections as the text of a file that `readCorrections` reads: the newest, as many as a file may hold. */
export function writeCorrections(corrections: readonly Correction[]): string {
  const written = corrections.slice(-MOST_CORRECTIONS).map(storable);
  const header = { format: FORMAT, version: VERSION, count: written.length };
  const lines = written.map(({ id, label, kind, ink, pixels, model, time }) => ({
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
    throw new CorrectionsFileError('too large', 'The file is larger than 50 MB; choose one that Digitpad exported.');
  }
  const lines = decode(content).split(/\r?\n|\r$/);
  while (lines.at(-1) === '') lines.pop();
  const count = readHeader(lines[0] ?? '');
  if (lines.length - 1 > MOST_CORRECTIONS) {
    throw new CorrectionsFileError('too many', 'The file holds more than 10,000 corrections, which is the limit.');
  }
  const corrections = lines.slice(1).map((line, i) => readLine(line, i + 2));
  const ids = new Set<string>();
  for (const [i, { id }] of corrections.entries()) {
    if (ids.has(id)) throw damaged(i + 2, 'an earlier line has the same id');
    ids.add(id);
  }
  if (corrections.length !== count) {
    throw new CorrectionsFileError(
      'cut short',
      `The file was cut short: it holds ${corrections.length} corrections instead of ${count}; export it again.`,
    );
  }
  if (count === 0) throw new CorrectionsFileError('empty', 'The file holds no corrections.');
  return corrections;
}

function decode(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new CorrectionsFileError('not text', 'The file is not text; choose one that Digitpad exported.');
  }
}

function readHeader(line: string): number {
  const header = parse(line) as { format?: unknown; version?: unknown; count?: unknown } | null;
  const { format, version, count } = isObject(header) ? header : {};
  if (format !== FORMAT || !isWhole(version, 1, Infinity)) {
    throw new CorrectionsFileError(
      'foreign',
      'The file does not begin like a file of corrections; choose one that Digitpad exported.',
    );
  }
  if (version > VERSION) {
    throw new CorrectionsFileError('newer', 'The file is of a newer version; update Digitpad and try again.');
  }
  if (!isWhole(count, 0, MOST_CORRECTIONS) || !hasOnly(header as object, ['format', 'version', 'count'])) {
    throw damaged(1, 'the header is wrong');
  }
  return count;
}

const CHECKS: Record<string, (value: unknown) => boolean> = {
  id: isWord,
  label: (label) => label === null || isWhole(label, 0, 9),
  kind: (kind) => kind === 'correction' || kind === 'confirmation',
  model: isWord,
  time: (time) => isWhole(time, 0, MAX_TIME),
};

function readLine(line: string, number: number): Correction {
  const value = parse(line);
  if (!isObject(value)) throw damaged(number, 'it is not one correction in JSON');
  if (!hasOnly(value, [...Object.keys(CHECKS), 'ink', 'pixels'])) throw damaged(number, 'it has an unknown field');
  const { ink, pixels } = value;
  if ((ink === undefined) === (pixels === undefined)) throw damaged(number, 'it must have either ink or pixels');
  const checks = { ...CHECKS, ...(ink === undefined ? { pixels: isPixels } : { ink: isInk }) };
  for (const [field, isRight] of Object.entries(checks)) {
    if (!isRight(value[field])) throw damaged(number, `its ${field} ${field === 'pixels' ? 'are' : 'is'} wrong`);
  }
  return value as unknown as Correction;
}

function damaged(line: number, what: string): CorrectionsFileError {
  return new CorrectionsFileError('damaged', `Line ${line} of the file is damaged: ${what}; export it again.`, line);
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

function isWord(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value);
}

function isWhole(value: unknown, min: number, max: number): value is number {
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max;
}

function isInk(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_STROKES) return false;
  if (!value.every((stroke) => Array.isArray(stroke) && stroke.length > 0)) return false;
  const points: unknown[] = value.flat(1);
  const isPoint = (point: unknown) => Array.isArray(point) && point.length === 2 && point.every(isPlace);
  return points.length <= MAX_POINTS && points.every(isPoint);
}

function isPlace(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= MAX_COORDINATE;
}

function isPixels(value: unknown): boolean {
  return Array.isArray(value) && value.length === PIXELS && value.every((level) => isWhole(level, 0, 255));
}
