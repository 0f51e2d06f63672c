import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { leaveOut } from '../../../webapp/build/leaveOut';

const plugin = leaveOut() as unknown as { load: (id: string) => { code: string } | null };
const pathOf = (name: string) => createRequire(import.meta.url).resolve(`@tensorflow/${name}`);

test('the stores that TF.js always loads are left out, with all that their importer names', () => {
  const importer = readFileSync(pathOf('tfjs-core/dist/platforms/platform_browser.js'), 'utf8');
  const imports = [...importer.matchAll(/import { ([^}]+) } from '\.\.\/io\/(indexed_db|local_storage)'/g)];
  expect(imports).toHaveLength(2);
  for (const [, names = '', module] of imports) {
    const { code } = plugin.load(pathOf(`tfjs-core/dist/io/${module}.js`)) ?? { code: '' };
    for (const name of names.split(', ')) expect(code).toContain(`export class ${name} {}`);
  }
  expect(plugin.load(pathOf('tfjs-core/dist/platforms/platform_browser.js'))).toBeNull();
});
