import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const [WORKER, MODEL] = ['https://example.org/worker.js', 'https://example.org/model.json'];
let links: { href: string }[];
let fetched: string[];
let fail: boolean;

beforeEach(() => {
  [links, fetched, fail] = [[], [], false];
  vi.resetModules();
  vi.stubGlobal('document', { querySelectorAll: () => links });
  vi.stubGlobal('fetch', async (address: string) => {
    fetched.push(address);
    if (fail) throw new TypeError('no network');
    return new Response('content');
  });
});

afterEach(() => vi.unstubAllGlobals());

/** The module anew: it notes what it has fetched. */
const load = async () => (await import('../../../../webapp/src/recognizer/page/fetchAhead')).fetchAhead;

test('each file is fetched once, at once', async () => {
  const fetchAhead = await load();
  fetchAhead([WORKER, MODEL]);
  expect(fetched).toEqual([WORKER, MODEL]);
  fetchAhead([MODEL, WORKER]);
  expect(fetched).toHaveLength(2);
});

test('what the page names in a link is left to the browser', async () => {
  links = [{ href: MODEL }];
  (await load())([WORKER, MODEL]);
  expect(fetched).toEqual([WORKER]);
});

test('after a failure the next recognizer fetches it again', async () => {
  const fetchAhead = await load();
  fail = true;
  fetchAhead([WORKER]);
  await new Promise((resolve) => setTimeout(resolve)); // the failure is noted
  fetchAhead([WORKER]);
  expect(fetched).toEqual([WORKER, WORKER]);
});
