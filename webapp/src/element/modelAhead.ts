import { modelPaths } from 'virtual:model-paths';

/** Ask for the model beside the program that asks for it: one trip to the server less. */
export function fetchModelAhead(): void {
  if (import.meta.env.DEV) return; // the development server has other addresses
  for (const path of modelPaths) {
    const { href } = new URL(/* @vite-ignore */ path, import.meta.url);
    const link = Object.assign(document.createElement('link'), { rel: 'preload', href, crossOrigin: '', as: 'fetch' });
    document.head.append(link);
  }
}
