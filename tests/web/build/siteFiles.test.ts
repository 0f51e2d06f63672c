import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { siteFiles } from '../../../webapp/build/siteFiles';

const folder = mkdtempSync(join(tmpdir(), 'model-'));
afterEach(() => rmSync(join(folder, 'description.json'), { force: true }));

/** The source of the module that the build makes for a model with this description. */
function moduleFor(description: object): string {
  writeFileSync(join(folder, 'description.json'), JSON.stringify({ version: 'abc', files: [], ...description }));
  const load = siteFiles(folder).load as (id: string) => string;
  return load('\0virtual:site-files');
}

test('the confidence that names a digit is the model’s own, or else a half', () => {
  expect(moduleFor({ sure_enough: 0.83 })).toMatch(/^export const confidenceThreshold = 0\.83;$/m);
  expect(moduleFor({})).toMatch(/^export const confidenceThreshold = 0\.5;$/m);
});

test.each([0, 1, -0.2, 80, '0.8', null, [0.8]])('%j is no such confidence, and the build says so', (sure_enough) => {
  const said = `sure_enough in description.json is ${JSON.stringify(sure_enough)}, not a number between 0 and 1`;
  expect(() => moduleFor({ sure_enough })).toThrow(said);
});

test.each([undefined, 8])('a replay set in %j bits is not what the page reads, and the build says so', (bits) => {
  writeFileSync(join(folder, 'replay.bin'), 'set');
  const replay = { path: 'replay.bin', bytes: 3, sha256: createHash('sha256').update('set').digest('hex') };
  expect(moduleFor({ replay: { ...replay, bits: 4 } })).toMatch(
    /^export const replayFile = {.*replay-[0-9a-f]{12}\.bin/m,
  );
  expect(() => moduleFor({ replay: { ...replay, bits } })).toThrow('another form than the page reads');
  expect(() => moduleFor({ replay: { ...replay, bits: 4, sha256: '0' } })).toThrow('is not the file that');
});
