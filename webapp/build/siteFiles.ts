import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { API_VERSION } from '../src/recognizer/apiVersion.ts';
import type { SiteFile } from '../src/recognizer/fetchChecked';
import { type Described, modelCardOf } from './modelCard.ts';

interface Description extends Described {
  readonly files: readonly SiteFile[];
  readonly replay?: SiteFile & { readonly bits?: unknown };
  readonly sure_enough?: unknown;
}

/** Bits of each feature of the replay set that src/recognizer/worker/learner.ts can read. */
const REPLAY_BITS = 4;

const MODULE = 'virtual:site-files';

/** The addresses of files: of the replay set, whose name holds its sum, and of the model's. */
export interface Layout {
  readonly replay: (name: string) => string;
  readonly model: (name: string, sum: string, version: string) => string;
}

const SITE_LAYOUT: Layout = {
  replay: (name) => `assets/${name}`,
  model: (name, _, version) => `model/${version}/${name}`,
};

/** A module of its own: only a part that loads later needs it. */
const CARD_MODULE = 'virtual:model-card';

/** Another: what a pad has from the start. */
const PATHS_MODULE = 'virtual:model-paths';

/** For a model without a threshold of its own: a digit must be likelier than all the others together. */
const DEFAULT_THRESHOLD = 0.5;

/**
 * The files that the recognizer fetches: copied into the site under addresses that name their content (so that they can
 * be cached for ever), and listed with their sizes and sums in the module `virtual:site-files`, beside the model's
 * confidence threshold. api/version.json tells modules of other sites what they would find. The module `virtual:model-card` has what a person may want to know of the model.
 *
 * @param modelFolder what `make export` wrote, with its description.json.
 */
export function siteFiles(modelFolder: string, layout = SITE_LAYOUT): Plugin {
  const { sources, modelCard, ...files } = siteFilesOf(modelFolder, layout);
  const modules = new Map([
    [`\0${MODULE}`, exportsOf(files)],
    [`\0${CARD_MODULE}`, exportsOf({ modelCard })],
    [`\0${PATHS_MODULE}`, exportsOf({ modelPaths: files.modelFiles.map(({ path }) => `../${path}`) })],
  ]);
  return {
    name: 'site-files',
    resolveId: (id) => (modules.has(`\0${id}`) ? `\0${id}` : null),
    load: (id) => modules.get(id) ?? null,
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
      const version = { api: API_VERSION, model: files.modelVersion };
      this.emitFile({ type: 'asset', fileName: 'api/version.json', source: JSON.stringify(version) });
    },
  };
}

function exportsOf(values: object): string {
  return Object.entries(values)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
    .join('\n');
}

/**
 * The files of `modelFolder` that the recognizer fetches, and what its description says of the model.
 *
 * @returns the files by the address that they get in the site; `sources` maps these addresses to paths.
 * @throws Error where the folder and its description.json do not belong together.
 */
export function siteFilesOf(modelFolder: string, layout = SITE_LAYOUT) {
  const description = JSON.parse(readFileSync(join(modelFolder, 'description.json'), 'utf8')) as Description;
  const sources = new Map<string, string>();
  const list = (source: string, addressOf: (sum: string) => string): SiteFile => {
    const content = readFileSync(source);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const path = addressOf(sha256.slice(0, 12));
    sources.set(path, source);
    return { path, bytes: content.length, sha256 };
  };
  const fromModel = (file: SiteFile, addressOf: (sum: string) => string): SiteFile => {
    const source = join(modelFolder, file.path);
    const listed = list(source, addressOf);
    if (listed.sha256 === file.sha256) return listed;
    throw new Error(`${source} is not the file that description.json describes; run \`make export\` again.`);
  };
  const { version, files, replay } = description;
  if (replay && replay.bits !== REPLAY_BITS) {
    throw new Error(`${modelFolder} has a replay set in another form than the page reads; run \`make export\` again.`);
  }
  return {
    sources,
    modelFiles: files.map((file) => fromModel(file, (sum) => layout.model(file.path, sum, version))),
    // Not below model/: those files are fetched before anything can be read.
    replayFile: replay ? fromModel(replay, (sum) => layout.replay(`replay-${sum}.bin`)) : null,
    modelVersion: version,
    confidenceThreshold: thresholdOf(description),
    modelCard: modelCardOf(description, thresholdOf(description)),
  };
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
