import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pngSize, WEB_MANIFEST } from '../../../webapp/build/webManifest';

test('no `id` makes two sites of one host the same application', () => {
  expect(WEB_MANIFEST).not.toHaveProperty('id');
  expect(WEB_MANIFEST).toMatchObject({ start_url: './', scope: './', lang: 'en' });
});

test('there is an icon for every use', () => {
  const uses = WEB_MANIFEST.icons?.map(({ sizes, purpose }) => `${sizes} ${purpose}`);
  expect(uses).toEqual(['any any', '192x192 any', '512x512 any', '512x512 maskable']);
});

// https://developer.mozilla.org/docs/Web/Progressive_web_apps/Manifest/Reference/screenshots
test('browsers show the screenshots: 320 to 3,840 pixels a side, and not too long', () => {
  const forms = WEB_MANIFEST.screenshots?.map(({ sizes = '', form_factor }) => {
    const [width = 0, height = 0] = sizes.split('x').map(Number);
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(320);
    expect(Math.max(width, height)).toBeLessThanOrEqual(Math.min(3840, 2.3 * Math.min(width, height)));
    expect(form_factor).toBe(width > height ? 'wide' : 'narrow');
    return form_factor;
  });
  expect(forms?.sort()).toEqual(['narrow', 'wide']);
});

test('other applications can share pictures with it, and systems open them with it', () => {
  const { share_target: share, file_handlers: handlers } = WEB_MANIFEST;
  expect(share).toMatchObject({ method: 'POST', enctype: 'multipart/form-data' });
  expect(share?.params.files).toEqual([{ name: 'pictures', accept: ['image/*'] }]);
  const at = (address = '') => new URL(address, 'https://host/folder/manifest.webmanifest').href;
  expect(at(share?.action)).toBe('https://host/folder/share'); // in any folder
  expect(handlers?.map(({ action }) => at(action))).toEqual(['https://host/folder/']);
  const endings = Object.values(handlers?.[0]?.accept ?? {}).flat();
  expect(endings).toEqual(['.png', '.jpg', '.jpeg', '.webp', '.gif', '.avif', '.bmp']);
});

test('what is no PNG picture is named', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'picture-')), 'icon.png');
  writeFileSync(path, '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>');
  expect(() => pngSize(path)).toThrow(`${path} is no PNG picture.`);
});
