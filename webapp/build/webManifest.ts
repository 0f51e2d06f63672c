import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import type { ManifestOptions } from 'vite-plugin-pwa';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What a browser shows before it installs the page; taken by tests/browser/take_screenshots.py. */
const SCREENSHOTS = {
  'desktop-light.png': { form_factor: 'wide', label: 'A 4, and how likely each digit is' },
  'phone-light.png': { form_factor: 'narrow', label: 'A 2 drawn on a phone' },
} as const;

/** Width and height of a PNG picture, as they stand in its first chunk: "1280x800". */
export function pngSize(path: string): string {
  const head = readFileSync(path).subarray(0, 24);
  if (head.toString('latin1', 1, 4) !== 'PNG') throw new Error(`${path} is no PNG picture.`);
  return `${head.readUInt32BE(16)}x${head.readUInt32BE(20)}`;
}

/**
 * The web app manifest, by which a browser installs the page.
 *
 * It has no `id`: that is resolved against the host, not against the folder, so that two sites of one host would be one
 * application. Without it the application is known by its start address, which is its folder's.
 */
export const WEB_MANIFEST: Partial<ManifestOptions> = {
  name: 'Digitpad',
  short_name: 'Digitpad',
  description: 'Draw a digit and see it read, on your own device.',
  lang: 'en',
  dir: 'ltr',
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: '#f6f4ee',
  theme_color: '#f6f4ee',
  categories: ['education', 'utilities'],
  icons: [
    { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    ...(['icon-192.png', 'icon-512.png', 'maskable-512.png'] as const).map((name) => ({
      src: `icons/${name}`,
      sizes: pngSize(here(`../public/icons/${name}`)),
      type: 'image/png',
      purpose: name.startsWith('maskable') ? ('maskable' as const) : ('any' as const),
    })),
  ],
  screenshots: Object.entries(SCREENSHOTS).map(([name, shown]) => ({
    src: `screenshots/${name}`,
    sizes: pngSize(here(`../screenshots/${name}`)),
    type: 'image/png',
    ...shown,
  })),
};

/** Puts the pictures that the manifest names into the site. */
export function manifestScreenshots(): Plugin {
  return {
    name: 'manifest-screenshots',
    generateBundle() {
      for (const name of Object.keys(SCREENSHOTS)) {
        const source = readFileSync(here(`../screenshots/${name}`));
        this.emitFile({ type: 'asset', fileName: `screenshots/${name}`, source });
      }
    },
  };
}
