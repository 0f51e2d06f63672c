import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';
import { kernels } from './kernels.ts';
import { type Layout, siteFiles, siteFilesOf } from './siteFiles.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Parts of the worker's program that few need: the addresses of their imports, and their modules. */
const PARTS = {
  './images': here('../src/recognizer/worker/images.ts'),
} as const;

/** All files lie in one folder; each name holds a sum of the content. */
const FLAT: Layout = {
  replay: (name) => name,
  model: (name, sum) => name.replace(/(?=\.\w+$)/, `-${sum}`),
};

/** A package whose code is inside a bundle. */
export interface Dependency {
  readonly name: string;
  readonly version: string;
  readonly identifier: string | null;
  readonly text: string | null;
}

/** What the package's recognizer fetches: files by their names, of which the worker's script is one. */
export interface PackageFiles {
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly worker: string;
  readonly dependencies: readonly Dependency[];
}

/**
 * Build the files of the package: worker, model. Bundlers copy such files as they are and give each an address of
 * its own, so no script among them imports another one by name.
 */
export async function buildPackageFiles(modelFolder: string): Promise<PackageFiles> {
  const contents = new Map<string, Uint8Array>();
  const dependencies: Dependency[] = [];
  const add = async (name: string, input: string, plugins: Plugin[]): Promise<string> => {
    const built = await buildAlone(input, [siteModules(modelFolder), ...plugins]);
    const content = Buffer.from(built.code);
    const fileName = `${name}-${createHash('sha256').update(content).digest('hex').slice(0, 12)}.js`;
    contents.set(fileName, content);
    dependencies.push(...built.dependencies);
    return fileName;
  };
  const parts = new Map<string, string>();
  for (const [address, module] of Object.entries(PARTS)) parts.set(address, await add(address.slice(2), module, []));
  const worker = await add('worker', here('../src/recognizer/worker/entry.ts'), [kernels(), separateParts(parts)]);
  const { sources } = siteFilesOf(modelFolder, FLAT);
  for (const [name, source] of sources) contents.set(name, readFileSync(source));
  return { contents, worker, dependencies };
}

/** The modules that siteFiles makes; the files themselves come from `buildPackageFiles`. */
export function siteModules(modelFolder: string): Plugin {
  const { name, resolveId, load } = siteFiles(modelFolder, FLAT);
  return { name, resolveId, load };
}

/** Build a script that imports nothing. */
async function buildAlone(input: string, plugins: Plugin[]): Promise<{ code: string; dependencies: Dependency[] }> {
  const { output } = (await build({
    configFile: false,
    logLevel: 'warn',
    plugins,
    build: {
      write: false,
      target: 'es2022',
      modulePreload: false,
      license: { fileName: 'license.json' },
      rolldownOptions: {
        input,
        preserveEntrySignatures: 'strict',
        checks: { bundlerTimings: false },
        output: { codeSplitting: false },
      },
    },
  })) as Rolldown.RolldownOutput;
  const [chunk, ...others] = output.filter((file) => file.type === 'chunk');
  if (chunk === undefined || others.length > 0) throw new Error(`${input} is not one script.`);
  return { code: chunk.code, dependencies: dependenciesOf(output) };
}

/** The packages in a bundle that was built with `license: { fileName: 'license.json' }`. */
export function dependenciesOf(output: readonly Rolldown.RolldownOutput['output'][number][]): Dependency[] {
  const listed = output.find((file) => file.fileName === 'license.json');
  if (listed?.type !== 'asset') throw new Error('The build names no licences.');
  return JSON.parse(String(listed.source)) as Dependency[];
}

/** Makes `import('./images')` an import of the part of that name, whose address is known when the worker loads. */
function separateParts(parts: ReadonlyMap<string, string>): Plugin {
  const met = new Set<string>();
  return {
    name: 'separate-parts',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('/src/recognizer/worker/')) return null;
      let separated = code;
      for (const [address, fileName] of parts) {
        const separate = separated.replaceAll(`import('${address}')`, `importPart('${fileName}')`);
        if (separate !== separated) met.add(address);
        separated = separate;
      }
      if (separated === code) return null;
      return { code: `import { importPart } from './parts';\n${separated}`, map: null };
    },
    buildEnd(error) {
      const missing = [...parts.keys()].filter((address) => !met.has(address));
      if (!error && missing.length > 0) throw new Error(`The worker does not import ${missing.join(', ')}.`);
    },
  };
}
