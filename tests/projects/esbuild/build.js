// esbuild leaves addresses of files as they are: their folder must lie beside the script.
import { cpSync } from 'node:fs';
import { build } from 'esbuild';

await build({ entryPoints: ['main.js'], bundle: true, splitting: true, format: 'esm', outdir: 'out', logLevel: 'warning' });
cpSync('node_modules/@digitpad/element/files', 'out/files', { recursive: true });
cpSync('index.html', 'out/index.html');
