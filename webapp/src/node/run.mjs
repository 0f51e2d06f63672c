// node run.mjs MODEL: bundle readPictures.ts and run it. Node alone can't import TypeScript.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

await build({ configFile: fileURLToPath(new URL('vite.config.ts', import.meta.url)) });
const { readPictures } = await import('../../../node_modules/.read-pictures/readPictures.mjs');
try {
  await readPictures(process.argv[2]);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
