import { expect, test } from 'vitest';
import { earlyFetches } from '../../../webapp/build/earlyFetches';
import { hostFiles } from '../../../webapp/build/hostFiles';

const MODEL = ['model/0123456789ab/model.json', 'model/0123456789ab/shard1.bin'];
const OTHERS = ['assets/images-abcdefgh.js', 'assets/page-abcdefgh.js'];

/** What the plugin names in the page's head, for a site of these files. */
function named(files: readonly string[]): unknown {
  const { handler } = earlyFetches().transformIndexHtml as { handler: (html: string, context: object) => unknown };
  return handler('', { bundle: Object.fromEntries(files.map((name) => [name, {}])) });
}

test('the page’s own later scripts are preloaded, and the model comes after the first paint', () => {
  const later = ['assets/recognizer-abcdefgh.js', 'assets/inkLayers-abcdefgh.js'];
  const link = (rel: string, name: string, more = {}) => ({
    tag: 'link',
    attrs: { rel, href: `./${name}`, ...more },
    injectTo: 'head',
  });
  expect(named([...OTHERS, ...later, ...MODEL])).toEqual([
    ...later.map((name) => link('modulepreload', name, { crossorigin: true })),
    ...MODEL.map((name) => link('later', name)),
  ]);
});

test('a site without its model is not built', () => {
  expect(() => named(OTHERS)).toThrow('The site lacks the model');
});

test('a page without the place where the policy belongs is not built', async () => {
  const { handler } = hostFiles().transformIndexHtml as { handler: (html: string) => Promise<string> };
  const built = handler('<!doctype html><title>Digitpad</title>');
  await expect(built).rejects.toThrow('index.html has no <meta charset="utf-8" />');
});
