import { beforeEach, expect, type Mock, test, vi } from 'vitest';
import { type ReaderEdges, ReaderLife, type ReaderState } from '../../../../webapp/src/app/loading/readerLife';
import type { Kept } from '../../../../webapp/src/app/offline/offlineCopy';
import { sentenceFor } from '../../../../webapp/src/app/texts/sentenceFor';
import { ConnectionError, ModelLoadError, StoppedError } from '../../../../webapp/src/errors';
import type { Recognizer, RecognizerOptions } from '../../../../webapp/src/recognizer';

const NO_CONNECTION = new ConnectionError('unreachable', 'No connection.');
const DAMAGED = new ModelLoadError('damaged', 'The file is damaged.');
const ALTERED: Kept = { whyNot: 'A script is altered.', later: true, alteredScript: 'https://here/page.js' };

/** The calls of createRecognizer, which the test lets succeed, fail, or report trouble. */
let loads: {
  readonly options: Required<RecognizerOptions>;
  readonly resolve: (recognizer: Recognizer) => void;
  readonly reject: (error: Error) => void;
}[];
let states: ReaderState[];
let later: { load: (() => void) | null; keep: (() => void) | null };
let kept: Kept;
let edges: ReaderEdges;
let reader: ReaderLife;

const retries = (what: 'load' | 'keep') => ({
  later: (retry: () => void) => {
    later[what] = retry;
  },
  cancel: () => {
    later[what] = null;
  },
});
const settle = () => new Promise((resolve) => setTimeout(resolve));
const last = <Item>(items: Item[]) => items.at(-1) as Item;

/** Let the newest load succeed. */
async function succeed(): Promise<Recognizer> {
  const recognizer = { dispose: vi.fn() } as unknown as Recognizer;
  last(loads).resolve(recognizer);
  await settle();
  return recognizer;
}

/** Let the newest load report that a file could not be loaded; the result is called when it may try again. */
async function trouble(error: Error): Promise<Mock> {
  const mayRetry = vi.fn();
  void last(loads).options.onTrouble(error).then(mayRetry);
  await settle();
  return mayRetry;
}

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  [loads, states, later, kept] = [[], [], { load: null, keep: null }, { whyNot: null }];
  edges = {
    createRecognizer: (options) =>
      new Promise((resolve, reject) => {
        loads.push({ options: options as Required<RecognizerOptions>, resolve, reject });
      }),
    loadLater: retries('load'),
    keepLater: retries('keep'),
    keep: vi.fn(async () => kept),
    runs: () => true,
    reloadPage: vi.fn(),
    onState: (state) => states.push(state),
    onKept: vi.fn(),
  };
  reader = new ReaderLife(edges);
  void reader.load();
});

test('it loads, shows its progress, is ready, and only then stores the site', async () => {
  last(loads).options.onProgress({ loaded: 1, total: 2 });
  expect(edges.keep).not.toHaveBeenCalled();
  const recognizer = await succeed();
  expect(states).toEqual([
    { name: 'loading' },
    { name: 'loading', progress: { loaded: 1, total: 2 } },
    { name: 'ready', recognizer },
  ]);
  expect(reader.recognizer).toBe(recognizer);
  expect(edges.onKept).toHaveBeenCalledWith({ whyNot: null });
});

test('pictures that wait for the recognizer get it, later ones at once', async () => {
  const got: Recognizer[] = [];
  for (let i = 0; i < 2; i++) void reader.whenReady().then((recognizer) => got.push(recognizer));
  await settle();
  expect(got).toEqual([]);
  const recognizer = await succeed();
  expect(got).toEqual([recognizer, recognizer]);
  expect(await reader.whenReady()).toBe(recognizer);
});

test('while the server is unreachable it reports that and continues the same load by itself', async () => {
  for (let i = 0; i < 2; i++) {
    const mayRetry = await trouble(NO_CONNECTION);
    expect(last(states)).toMatchObject({ name: 'failed', sentence: sentenceFor(NO_CONNECTION), mustReload: false });
    expect(mayRetry).not.toHaveBeenCalled();
    later.load?.();
    await settle();
    expect(mayRetry).toHaveBeenCalled();
  }
  await succeed();
  expect(last(states).name).toBe('ready');
  expect(loads).toHaveLength(1);
  expect(later.load).toBeNull();
});

test.each([
  ['a damaged file waits for the user', DAMAGED, false],
  ['Retry ends the pause', NO_CONNECTION, true],
])('%s', async (_, error, triesLater) => {
  const mayRetry = await trouble(error);
  expect(later.load !== null).toBe(triesLater);
  expect(mayRetry).not.toHaveBeenCalled();
  reader.retry();
  await settle();
  expect(last(states).name).toBe('loading');
  expect(mayRetry).toHaveBeenCalled();
  expect(later.load).toBeNull();
  expect(loads).toHaveLength(1);
});

test('a load that fails for good is started anew by Retry', async () => {
  const unforeseen = new Error('what nobody foresaw');
  last(loads).reject(unforeseen);
  await settle();
  expect(last(states)).toMatchObject({ name: 'failed', sentence: sentenceFor(unforeseen) });
  expect(console.warn).toHaveBeenCalledWith(unforeseen); // the author's only trace of it
  reader.retry();
  expect(loads).toHaveLength(2);
  await succeed();
  expect(last(states).name).toBe('ready');
});

test('an error of the page during a load starts no second load', async () => {
  reader.fail(new Error('a bug'));
  reader.retry();
  await succeed();
  expect(loads).toHaveLength(1);
  expect(last(states).name).toBe('ready');
});

test('a recognizer that stops is disposed and reported once, and Retry starts another', async () => {
  const recognizer = await succeed();
  reader.fail(new StoppedError(), recognizer);
  expect(recognizer.dispose).toHaveBeenCalledOnce();
  expect(reader.recognizer).toBeNull();
  const before = states.length;
  reader.fail(new Error('disposed'), recognizer); // what waited for it fails too
  expect(states).toHaveLength(before);
  reader.retry();
  const next = await succeed();
  reader.fail(new Error('disposed'), recognizer);
  expect(reader.recognizer).toBe(next);
});

test('the site is stored later where that may help, and not again otherwise', async () => {
  kept = { whyNot: 'The connection is gone.', later: true };
  await succeed();
  expect(edges.onKept).toHaveBeenCalledWith(kept);
  kept = { whyNot: null };
  later.keep?.();
  await settle();
  expect(edges.keep).toHaveBeenCalledTimes(2);
  expect(later.keep).toBeNull();
});

test('a page that runs an altered script stops, and Retry reloads it', async () => {
  kept = ALTERED;
  const recognizer = await succeed();
  expect(last(states)).toMatchObject({ name: 'failed', mustReload: true });
  expect(recognizer.dispose).toHaveBeenCalledOnce();
  reader.retry();
  expect(edges.reloadPage).toHaveBeenCalledOnce();
  expect(loads).toHaveLength(1);
});

test('an altered script that does not run here stops nothing', async () => {
  kept = ALTERED;
  Object.assign(edges, { runs: () => false });
  await succeed();
  expect(last(states).name).toBe('ready');
});
