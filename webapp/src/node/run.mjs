// node run.mjs MODEL: bundle readPictures.ts and run it. Node alone can import neither TypeScript nor parts of TF.js.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
await build({
  configFile: false,
  logLevel: 'error',
  ssr: { noExternal: true },
  build: {
    ssr: here('readPictures.ts'),
    outDir: here('../../../node_modules/.read-pictures'),
    emptyOutDir: true,
    rolldownOptions: { output: { format: 'cjs', entryFileNames: 'readPictures.cjs' } }, // TF.js's runtime wants __dirname
  },
});
const { readPictures } = createRequire(import.meta.url)('../../../node_modules/.read-pictures/readPictures.cjs');
try {
  await readPictures(process.argv[2]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
