import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { apiTypes } from '../build/apiTypes.ts';
import { kernels } from '../build/kernels.ts';
import { packageAddresses } from '../build/packageAddresses.ts';
import { buildPackageFiles, type Dependency, dependenciesOf, siteModules } from '../build/packageFiles.ts';
import { type Origin, provenance } from '../build/provenance.ts';
import { thirdPartyLicences } from '../build/thirdPartyLicences.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Copied as they are. */
const TEXTS = ['package.json', 'README.md', 'CHANGELOG.md', '../../LICENSE'];

const DECLARATIONS = {
  'define.d.ts': "export * from './index.js';\n",
  'ink.d.ts': "export { type Ink, rasterizeInk } from './index.js';\n",
};

/** The package of `make package`: the modules of src/api/, and beside them all that a recognizer fetches. */
export default defineConfig(async () => {
  const model = process.env.DIGITPAD_MODEL ?? here('../model');
  const files = await buildPackageFiles(model);
  const origin = JSON.parse(readFileSync(join(model, 'description.json'), 'utf8')) as Origin;
  return {
    root: here('..'),
    publicDir: false as const,
    cacheDir: here('../../node_modules/.vite-package'),
    plugins: [
      siteModules(model),
      kernels(),
      packageAddresses(files),
      apiTypes('index.d.ts'),
      texts(files.dependencies, origin),
    ],
    build: {
      outDir: here('../dist-package/element'),
      emptyOutDir: true,
      target: 'es2022',
      lib: {
        entry: {
          index: here('../src/api/index.ts'),
          define: here('../src/api/digitpad.ts'),
          ink: here('../src/api/rasterizeInk.ts'),
        },
        formats: ['es' as const],
      },
      license: { fileName: 'license.json' },
      rolldownOptions: {
        checks: { bundlerTimings: false },
        // Else a pad would load what only the recognizer needs of this room.
        treeshake: { moduleSideEffects: [{ test: /\/src\/reading\//, sideEffects: false }] },
        output: {
          minify: true,
          // One file: each costs some bytes.
          codeSplitting: {
            groups: [{ name: 'strokes', test: /src\/(errors|recognizer\/(refuse|checkInk)|ink|api\/rasterizeInk)/ }],
          },
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js', // beside the entries: the addresses of files are relative to them
        },
      },
    },
  };
});

/** Adds what people read, and the declarations of the other entries. */
function texts(inFiles: readonly Dependency[], origin: Origin): Plugin {
  return {
    name: 'package-texts',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const path of TEXTS) {
          const fileName = path.slice(path.lastIndexOf('/') + 1);
          this.emitFile({ type: 'asset', fileName, source: readFileSync(here(path)) });
        }
        this.emitFile({ type: 'asset', fileName: 'PROVENANCE.md', source: provenance(origin) });
        for (const [fileName, source] of Object.entries(DECLARATIONS))
          this.emitFile({ type: 'asset', fileName, source });
        const dependencies = [...dependenciesOf(Object.values(bundle)), ...inFiles];
        delete bundle['license.json'];
        this.emitFile({ type: 'asset', fileName: 'THIRD_PARTY.md', source: thirdPartyLicences(dependencies) });
      },
    },
  };
}
