import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import type { ManifestOptions } from 'vite-plugin-pwa';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** A browser shows these before it installs the page. tests/browser/take_screenshots.py takes them. */
const SCREENSHOTS = {
  'desktop-light.png': { form_factor: 'wide', label: 'A number on the sheet, and how likely each digit is' },
  'phone-light.png': { form_factor: 'narrow', label: 'A number written on a phone' },
} as const;

/** The pictures that the page opens: their types, and how their names end. */
const PICTURE_FILES = {
  'image/png': ['.png'],
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/webp': ['.webp'],
  'image/gif': ['.gif'],
  'image/avif': ['.avif'],
  'image/bmp': ['.bmp'],
};

/** Width and height of a PNG picture, from its first chunk: "1280x800". */
export function pngSize(path: string): string {
  const head = readFileSync(path).subarray(0, 24);
  if (head.toString('latin1', 1, 4) !== 'PNG') throw new Error(`${path} is no PNG picture.`);
  return `${head.readUInt32BE(16)}x${head.readUInt32BE(20)}`;
}

/**
 * The web app manifest, with which a browser installs the page.
 *
 * It has no `id`: browsers resolve that against the host, not the folder, so two sites on one host would be one application.
 * Without `id`, the start address identifies the application, and that is the folder's.
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
  // The service worker takes what is posted there (src/service-worker/sharedPictures.ts).
  share_target: {
    action: './share',
    method: 'POST',
    enctype: 'multipart/form-data',
    params: { files: [{ name: 'pictures', accept: ['image/*'] }] },
  },
  file_handlers: [{ action: './', accept: PICTURE_FILES }],
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

/** Adds the screenshots to the site. */
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
