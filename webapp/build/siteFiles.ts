import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import type { Plugin } from 'vite';
import type { SiteFile } from '../src/recognizer/worker/fetchChecked';

interface Description {
  readonly version: string;
  readonly files: readonly SiteFile[];
  readonly replay?: SiteFile & { readonly bits?: unknown };
  readonly sure_enough?: unknown;
}

/** Bits of each feature of the replay set that src/recognizer/worker/learner.ts can read. */
const REPLAY_BITS = 4;

const MODULE = 'virtual:site-files';

/** For a model without a threshold of its own: a digit must be likelier than all the others together. */
const DEFAULT_THRESHOLD = 0.5;

/**
 * The files that the recognizer fetches: copied into the site under addresses that name their content (so that they can
 * be cached for ever), and listed with their sizes and sums in the module `virtual:site-files`, beside the model's
 * confidence threshold.
 *
 * @param modelFolder what `make export` wrote, with its description.json.
 */
export function siteFiles(modelFolder: string): Plugin {
  const { sources, ...files } = siteFilesOf(modelFolder);
  const exported = Object.entries(files);
  return {
    name: 'site-files',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
    load: (id) =>
      id === `\0${MODULE}`
        ? exported.map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`).join('\n')
        : null,
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const source = sources.get((request.url ?? '').slice(1));
        if (source === undefined) return next();
        response.end(readFileSync(source));
      });
    },
    generateBundle() {
      // The worker's bundle has this plugin too; only the page's build emits.
      if (this.environment.config.isWorker) return;
      for (const [fileName, source] of sources) {
        this.emitFile({ type: 'asset', fileName, source: readFileSync(source) });
      }
    },
  };
}

/**
 * The files of `modelFolder` and of TF.js that the recognizer fetches, and what its description says of the model.
 *
 * @returns the files by the address that they get in the site; `sources` maps these addresses to paths.
 * @throws Error where the folder and its description.json do not belong together.
 */
export function siteFilesOf(modelFolder: string) {
  const description = JSON.parse(readFileSync(join(modelFolder, 'description.json'), 'utf8')) as Description;
  const sources = new Map<string, string>();
  const described = ({ path, bytes, sha256 }: SiteFile, address: string): SiteFile => {
    const source = join(modelFolder, path);
    const found = describe(source);
    if (found.sha256 !== sha256) {
      throw new Error(`${source} is not the file that description.json describes; run \`make export\` again.`);
    }
    sources.set(address, source);
    return { path: address, bytes, sha256 };
  };
  const modelFiles = description.files.map((file) => described(file, `model/${description.version}/${file.path}`));
  // Not below model/: those files are fetched before anything can be read.
  const { replay } = description;
  if (replay && replay.bits !== REPLAY_BITS) {
    throw new Error(`${modelFolder} has a replay set in another form than the page reads; run \`make export\` again.`);
  }
  const replayFile = replay ? described(replay, `assets/replay-${replay.sha256.slice(0, 12)}.bin`) : null;
  const wasmFile = (name: string): SiteFile => {
    const source = createRequire(import.meta.url).resolve(`@tensorflow/tfjs-backend-wasm/dist/${name}`);
    const { bytes, sha256 } = describe(source);
    const address = `assets/${basename(name, '.wasm')}-${sha256.slice(0, 12)}.wasm`;
    sources.set(address, source);
    return { path: address, bytes, sha256 };
  };
  const wasmFiles = { simd: wasmFile('tfjs-backend-wasm-simd.wasm'), plain: wasmFile('tfjs-backend-wasm.wasm') };
  const confidenceThreshold = thresholdOf(description);
  return { modelFiles, wasmFiles, replayFile, modelVersion: description.version, confidenceThreshold, sources };
}

/**
 * The confidence, between 0 and 1, that a digit must exceed to be named.
 *
 * @throws Error where the description holds anything else under `sure_enough`.
 */
function thresholdOf({ sure_enough: threshold = DEFAULT_THRESHOLD }: Description): number {
  if (typeof threshold === 'number' && threshold > 0 && threshold < 1) return threshold;
  throw new Error(
    `sure_enough in description.json is ${JSON.stringify(threshold)}, not a number between 0 and 1; ` +
      'run `make export` again.',
  );
}

function describe(path: string): { bytes: number; sha256: string } {
  const content = readFileSync(path);
  return { bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}
