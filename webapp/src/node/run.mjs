// node run.mjs MODEL: bundle readPictures.ts and run it. Node alone can import neither TypeScript nor parts of TF.js.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
await build({
  configFile: false,
  logLevel: 'error',
  ssr: { noExternal: true },
  build: { ssr: here('readPictures.ts'), outDir: here('../../../node_modules/.read-pictures'), emptyOutDir: true },
});
const { readPictures } = await import('../../../node_modules/.read-pictures/readPictures.js');
try {
  await readPictures(process.argv[2]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
