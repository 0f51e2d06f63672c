import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { kernels } from '../../build/kernels.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The reader of pictures as a module for Node, which can't import TypeScript. */
export default defineConfig({
  logLevel: 'error',
  ssr: { noExternal: true },
  plugins: [kernels()],
  build: {
    ssr: here('readPictures.ts'),
    outDir: here('../../../node_modules/.read-pictures'),
    emptyOutDir: true,
    rolldownOptions: { checks: { bundlerTimings: false }, output: { entryFileNames: 'readPictures.mjs' } },
  },
});
