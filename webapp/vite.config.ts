import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { apiTypes } from './build/apiTypes.ts';
import { earlyFetches } from './build/earlyFetches.ts';
import { examples } from './build/examples.ts';
import { hostFiles } from './build/hostFiles.ts';
import { inlineRuntime } from './build/inlineRuntime.ts';
import { integrity, integrityOf } from './build/integrity.ts';
import { kernels } from './build/kernels.ts';
import { preloadHelper } from './build/preloadHelper.ts';
import { siteFiles } from './build/siteFiles.ts';
import { manifestScreenshots, WEB_MANIFEST } from './build/webManifest.ts';
import { workerEntry } from './build/workerEntry.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
// Other folders, for a site with another model.
const modelFolder = process.env.DIGITPAD_MODEL ?? here('model');
const siteFolder = process.env.DIGITPAD_SITE ?? here('dist');

export default defineConfig({
  root: here('.'),
  base: './', // the site works from any folder of a host
  cacheDir: here('../node_modules/.vite'),
  plugins: [
    preloadHelper(here('src/preload.ts')),
    siteFiles(modelFolder),
    kernels(),
    hostFiles(),
    manifestScreenshots(),
    apiTypes('api/digitpad.d.ts'),
    examples(),
    inlineRuntime(),
    earlyFetches(),
    integrity(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/service-worker',
      filename: 'sw.ts',
      injectRegister: null, // app/offline/offlineCopy.ts registers it
      manifest: WEB_MANIFEST,
      // The service worker's own build doesn't know the log level of the page's.
      integration: {
        configureCustomSWViteBuild(build) {
          build.logLevel = 'warn';
        },
      },
      includeManifestIcons: false, // installing fetches them; the page never shows them
      injectManifest: {
        rollupFormat: 'iife', // for 'es' the plugin sets an option that Vite 8 warns about
        globPatterns: ['**/*.{html,js,css,svg,json,bin,webmanifest}'],
        // The page never asks for these, and some hosts answer 404.html with 404.
        globIgnores: ['404.html', 'examples/**'],
        // Their names change with their content: the browser's HTTP cache may serve them.
        dontCacheBustURLsMatching: /^(assets|model)\//,
        maximumFileSizeToCacheInBytes: 3_000_000,
        // A file that was altered on its way must fail the installation, not be kept for ever.
        manifestTransforms: [
          (entries) => ({
            manifest: entries.map((entry) => ({
              ...entry,
              integrity: integrityOf(readFileSync(join(siteFolder, entry.url))),
            })),
          }),
        ],
      },
    }),
  ],
  worker: {
    format: 'es',
    rolldownOptions: { checks: { bundlerTimings: false } },
    plugins: () => [siteFiles(modelFolder), kernels(), workerEntry('/worker/entry.ts')],
  },
  build: {
    outDir: siteFolder,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // the Content-Security-Policy allows no data: scripts or styles
    modulePreload: { polyfill: false },
    rolldownOptions: {
      checks: { bundlerTimings: false }, // a slow machine is no fault of the build
      input: { page: here('index.html'), digitpad: here('src/api/digitpad.ts') },
      // Else a pad would load what only the recognizer needs of this room.
      treeshake: { moduleSideEffects: [{ test: /\/src\/reading\//, sideEffects: false }] },
      // api/digitpad.js keeps its exports; what later chunks share with the page stays in the page's script.
      preserveEntrySignatures: 'allow-extension',
      output: {
        // What page and api/digitpad.js share is one file: it compresses better, and is one request.
        codeSplitting: {
          groups: [
            {
              name: 'pad',
              test: /src\/(api\/(index|rasterizeInk)|errors|ink|recognizer\/(lazy|part|refuse|checkInk)|pad(?!\/(inkLayers|paintInk))|element(?!\/line)|reading\/(reading|inkOfDigit)|newestOnly)|preload-helper|virtual:model-paths/,
            },
            {
              name: 'recognizer',
              test: /src\/(pad\/(inkLayers|paintInk)|recognizer\/(index|page\/(?!imageCalls|otherVersion|checkExamples|workerSession|refetchScript|reviveErrors|silence)|digitReader|fetchChecked|files)|network|number\/(?!readJoined|cutCandidates|strokeBreaks)|learning\/(head|vectors)|reading\/(classifyImages|readDigit|doubt)|box)|virtual:(kernels|site-files)|worker\/entry\.ts\?worker|perfect-freehand/,
            },
          ],
          includeDependenciesRecursively: false,
        },
        entryFileNames: (chunk) => (chunk.name === 'digitpad' ? 'api/digitpad.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
  test: {
    dir: here('../tests/web'),
    include: ['**/*.test.ts'],
    testTimeout: 60_000, // a busy machine is no fault of the tests
    tags: [{ name: 'heavy', description: 'reads whole pictures, learns, or compares with TF.js' }],
    isolate: false, // twice as fast: modules are loaded once, not for each file
    unstubGlobals: true,
    restoreMocks: true,
    // TF.js recommends its Node package whenever it runs in Node.
    onConsoleLog: (text) => !text.includes('you are running TensorFlow.js in Node.js'),
  },
});
