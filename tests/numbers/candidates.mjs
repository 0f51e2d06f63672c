// Candidates of the page's own lattice, for tests/numbers/fit.py: `node candidates.mjs inks.json folder` writes
// candidates.json (for each ink, each candidate's strokes, pieces and geometry features) and pixels.bin (784 bytes each).
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('../../webapp', import.meta.url));
const load = async (path) => (await runnerImport(join(root, 'src', path), { root, configFile: false, logLevel: 'error' })).module;
const { digitCandidates, rasterizeInk } = await load('ink/index.ts');
const { geometryFeatures } = await load('reading/scoreCandidate.ts');

const [inks, folder] = process.argv.slice(2);
const pixels = [];
const found = JSON.parse(readFileSync(inks, 'utf8')).map((ink) => {
  const { pieces, candidates } = digitCandidates(ink);
  return {
    pieces,
    candidates: candidates.map((candidate) => {
      pixels.push(Uint8Array.from(rasterizeInk(candidate.strokes.map((stroke) => ink[stroke])), (p) => Math.round(p * 255)));
      return { strokes: candidate.strokes, pieces: candidate.pieces, features: geometryFeatures(candidate) };
    }),
  };
});
writeFileSync(join(folder, 'candidates.json'), JSON.stringify(found));
writeFileSync(join(folder, 'pixels.bin'), Buffer.concat(pixels));
