import type { Plugin } from 'vite';
import type { PackageFiles } from './packageFiles.ts';

const SITE_MODULE = '/recognizer/page/programFiles.ts';
/** It knows the addresses of a site alone. */
const AHEAD_MODULE = '/element/modelAhead.ts';

/** Stands in the module for the address of a file, until the code is minified. */
const PLACEHOLDER = /__address\((["'`])([^"'`]+)\1\)/g;

/**
 * Puts another module in place of programFiles.ts, which names each file by `new URL('./files/…', import.meta.url)`: Vite and
 * webpack copy what they find there. Where nothing does that, `files` lies beside the script, or `baseUrl` names it.
 */
export function packageAddresses({ contents, worker }: PackageFiles): Plugin {
  const addresses = [...contents.keys()].filter((name) => name !== worker);
  return {
    name: 'package-addresses',
    enforce: 'pre',
    load: (id) => {
      const path = id.replaceAll('\\', '/');
      if (path.endsWith(AHEAD_MODULE)) return 'export function fetchModelAhead() {}';
      if (!path.endsWith(SITE_MODULE)) return null;
      return `
export function programFiles(baseUrl) {
  if (baseUrl !== undefined) {
    const files = new URL(baseUrl.replace(/\\/?$/, '/'), document.baseURI).href;
    const worker = new URL(${JSON.stringify(worker)}, files).href;
    return { worker, files };
  }
  const files = {
    ${addresses.map((name) => `${JSON.stringify(name)}: __address(${JSON.stringify(name)}),`).join('\n    ')}
  };
  const worker = __address(${JSON.stringify(worker)});
  return { worker, files };
}
`;
    },
    generateBundle(_, bundle) {
      let named = 0;
      for (const file of Object.values(bundle)) {
        if (file.type !== 'chunk') continue;
        file.code = file.code.replace(PLACEHOLDER, (_, __, name) => {
          named += 1;
          return `new URL("./files/${name}",import.meta.url).href`;
        });
      }
      if (named !== contents.size) throw new Error(`The package names ${named} of its ${contents.size} files.`);
      for (const [name, source] of contents) this.emitFile({ type: 'asset', fileName: `files/${name}`, source });
    },
  };
}
