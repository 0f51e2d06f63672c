import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchChecked } from '../../../webapp/src/recognizer/fetchChecked';

const content = Uint8Array.from({ length: 200_000 }, (_, i) => (i * 31) % 251);
const file = {
  path: 'model/1/shard.bin',
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
};

/** What the server does with each request, in turn; the last goes on. */
let answers: ('whole' | 'missing' | 'busy' | 'short' | 'altered' | 'broken' | 'stalled')[];
let asked: (string | undefined)[];
let server: Server;
let siteUrl: string;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.headers['cache-control']);
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    if (answer === 'missing') response.writeHead(404).end('gone');
    else if (answer === 'busy') response.writeHead(503).end('later');
    else if (answer === 'short') response.end(content.subarray(0, 1000));
    else if (answer === 'altered') response.end(content.with(5, 255));
    else if (answer === 'broken') {
      response.writeHead(200, { 'Content-Length': content.length });
      response.write(content.subarray(0, 1000), () => response.destroy());
    } else if (answer === 'stalled') {
      response.writeHead(200, { 'Content-Length': content.length });
      response.write(content.subarray(0, 1000));
    } else response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  siteUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sub/`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Whether these are the file's bytes. (`toEqual` takes seconds over so many.) */
const isWhole = (bytes: Uint8Array) => Buffer.compare(bytes, content) === 0;

test('a whole file comes with its progress, in one request', async () => {
  answers = ['whole'];
  const progress: number[] = [];
  expect(isWhole(await fetchChecked(file, siteUrl, (bytes) => progress.push(bytes)))).toBe(true);
  expect(progress[0]).toBe(0);
  expect(progress.at(-1)).toBe(content.length);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(asked).toHaveLength(1);
});

test.each(['missing', 'short', 'altered', 'broken'] as const)('once %s, then whole: fetched again', async (first) => {
  answers = [first, 'whole'];
  expect(isWhole(await fetchChecked(file, siteUrl, () => {}))).toBe(true);
  expect(asked).toHaveLength(2);
  expect(asked[1]).toBe('no-cache'); // past the HTTP cache
});

test.each([
  ['missing', 'ModelLoadError', 'missing', /^The file shard.bin is missing on the server .answer 404.\.$/],
  ['short', 'ModelLoadError', 'damaged', 'The file shard.bin came with 1000 bytes in place of 200000.'],
  [
    'altered',
    'ModelLoadError',
    'damaged',
    /^The file shard.bin was altered on its way \(its SHA-256 is [0-9a-f]{64}\)\.$/,
  ],
  ['busy', 'ConnectionError', 'busy', /^The server can't give the file shard.bin now .answer 503.\.$/],
  ['broken', 'ConnectionError', 'unreachable', 'The connection broke off while the file shard.bin was coming.'],
] as const)('always %s: one sentence after two requests', async (always, name, code, sentence) => {
  answers = [always];
  const message = expect.stringMatching(sentence);
  await expect(fetchChecked(file, siteUrl, () => {})).rejects.toMatchObject({ name, code, message });
  expect(asked).toHaveLength(2);
});

test('a server that is not there: one sentence', async () => {
  server.close();
  await expect(fetchChecked(file, 'http://127.0.0.1:1/', () => {})).rejects.toMatchObject({
    name: 'ConnectionError',
    code: 'unreachable',
    message: "The file shard.bin can't be reached.",
  });
});

test('a minute without a byte is the end of a request', async () => {
  answers = ['stalled', 'whole'];
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const arrived: number[] = [];
    const fetched = fetchChecked(file, siteUrl, (bytes) => arrived.push(bytes));
    await vi.waitUntil(() => arrived.includes(1000));
    vi.advanceTimersByTime(59_000);
    expect(asked).toHaveLength(1);
    vi.advanceTimersByTime(1000);
    expect(isWhole(await fetched)).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});
