import type { FileAddresses } from '../files';
import workerUrl from '../worker/entry?worker&url';

/** Where a recognizer's program and its files are. In the package, its build puts another module in place of this one. */
export interface ProgramFiles {
  /** The worker's script. */
  readonly worker: string;
  readonly files: FileAddresses;
}

/** Find the files in the site's folder `baseUrl`, by default this module's own site. The worker is always this module's. */
export function programFiles(baseUrl: string = ownSite()): ProgramFiles {
  return { worker: workerUrl, files: new URL(baseUrl.replace(/\/?$/, '/'), document.baseURI).href };
}

/** Modules of a built site lie one folder below its index.html; the development server serves sources. */
function ownSite(): string {
  return import.meta.env.DEV ? document.baseURI : new URL(/* @vite-ignore */ '..', import.meta.url).href;
}
