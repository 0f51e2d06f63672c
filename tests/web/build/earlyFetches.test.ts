import { expect, test } from 'vitest';
import { earlyFetches, WORKER_CHUNKS } from '../../../webapp/build/earlyFetches';
import { hostFiles } from '../../../webapp/build/hostFiles';

const MODEL = ['model/0123456789ab/model.json', 'model/0123456789ab/shard1.bin'];
const OTHERS = ['assets/images-abcdefgh.js', 'assets/page-abcdefgh.js'];

/** What the plugins name in the page's head, for a site of these files and a worker of these chunks. */
function named(files: readonly string[], chunks: object): unknown {
  const { forPage, forWorker } = earlyFetches();
  (forWorker.generateBundle as (options: object, bundle: object) => void)({}, chunks);
  const { handler } = forPage.transformIndexHtml as { handler: (html: string, context: object) => unknown };
  return handler('', { bundle: Object.fromEntries(files.map((name) => [name, {}])) });
}

const ENTRY = { type: 'chunk', isEntry: true, fileName: 'assets/entry-abcdefgh.js', imports: ['assets/worker.js'] };
const WORKER = { type: 'chunk', isEntry: false, fileName: 'assets/worker.js', imports: ['assets/shared.js'] };
const LATER = { type: 'chunk', isEntry: false, fileName: 'assets/images-abcdefgh.js', imports: [] };

test('the worker’s entry and all that it imports come first, then the model', () => {
  const links = named([...OTHERS, ...MODEL], { later: LATER, worker: WORKER, entry: ENTRY });
  expect(links).toEqual(
    [ENTRY.fileName, WORKER.fileName, 'assets/shared.js', ...MODEL].map((name) => ({
      tag: 'link',
      attrs: { rel: 'later', href: `./${name}` },
      injectTo: 'head',
    })),
  );
});

test('the page’s own later scripts are preloaded, before all that', () => {
  const later = ['assets/recognizer-abcdefgh.js', 'assets/inkLayers-abcdefgh.js'];
  const [first, second, third] = named([...later, ...MODEL], { entry: ENTRY }) as { attrs: object }[];
  for (const [i, link] of [first, second].entries()) {
    expect(link?.attrs).toEqual({ rel: 'modulepreload', href: `./${later[i]}`, crossorigin: true });
  }
  expect(third?.attrs).toEqual({ rel: 'later', href: `./${ENTRY.fileName}` });
});

test.each([
  ['worker', [...OTHERS, ...MODEL], { later: LATER }],
  ['model', OTHERS, { entry: ENTRY }],
])('a site without its %s is not built', (_, files, chunks) => {
  expect(() => named(files, chunks)).toThrow('The site lacks a part');
});

test('the page’s modules get the names of the worker’s first chunks', () => {
  const { forPage, forWorker } = earlyFetches();
  const render = forPage.renderChunk as (code: string) => { code: string } | null;
  expect(render('const other = 1;')).toBeNull();
  expect(() => render(`const first = ${WORKER_CHUNKS};`)).toThrow('The worker is not built yet');
  (forWorker.generateBundle as (options: object, bundle: object) => void)({}, { worker: WORKER, entry: ENTRY });
  const names = [ENTRY.fileName, WORKER.fileName, 'assets/shared.js'];
  expect(render(`const first = ${WORKER_CHUNKS};`)?.code).toBe(`const first = ${JSON.stringify(names)};`);
});

test('a page without the place where the policy belongs is not built', async () => {
  const { handler } = hostFiles().transformIndexHtml as { handler: (html: string) => Promise<string> };
  const built = handler('<!doctype html><title>Digitpad</title>');
  await expect(built).rejects.toThrow('index.html has no <meta charset="utf-8" />');
});
