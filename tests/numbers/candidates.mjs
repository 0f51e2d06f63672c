// Candidates of the page's own lattice, for tests/numbers/cases.py: `node candidates.mjs inks.json folder`, where
// inks.json holds pairs of an ink and the strokes of it that may be cut, writes
// candidates.json (for each ink, each candidate's parts of strokes, pieces and geometry features) and pixels.bin (784
// bytes each).
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('../../webapp', import.meta.url));
const load = async (path) => (await runnerImport(join(root, 'src', path), { root, configFile: false, logLevel: 'error' })).module;
const { rasterizeInk } = await load('ink/index.ts');
const { cutCandidates } = await load('number/cutCandidates.ts');
const { digitCandidates } = await load('number/digitCandidates.ts');
const { geometryFeatures } = await load('number/scoreCandidate.ts');

const [inks, folder] = process.argv.slice(2);
const pixels = [];
const found = JSON.parse(readFileSync(inks, 'utf8')).map(([ink, mayCut]) => {
  const { pieces, candidates } = cutCandidates(ink, mayCut) ?? digitCandidates(ink);
  return {
    pieces,
    candidates: candidates.map((candidate) => {
      const parts = candidate.strokes.map((stroke, i) => [stroke, ...(candidate.parts?.[i] ?? [0, ink[stroke].length - 1])]);
      const own = parts.map(([stroke, first, last]) => ink[stroke].slice(first, last + 1));
      pixels.push(Uint8Array.from(rasterizeInk(own), (p) => Math.round(p * 255)));
      const features = geometryFeatures(candidate);
      return { parts, pieces: candidate.pieces, features, connector: candidate.connectorLength !== undefined };
    }),
  };
});
writeFileSync(join(folder, 'candidates.json'), JSON.stringify(found));
writeFileSync(join(folder, 'pixels.bin'), Buffer.concat(pixels));
