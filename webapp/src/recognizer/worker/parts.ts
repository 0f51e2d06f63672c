import { addressOf, type FileAddresses } from '../files';

let addresses: FileAddresses | null = null;

/** Say where the files are, before a part is imported. */
export function usePartsOf(files: FileAddresses): void {
  addresses = files;
}

/**
 * Import a part of the worker's program that is a file of its own. The package's build puts this in place of `import('…')`:
 * bundlers give such a file an address of its own, and don't look into it.
 */
export async function importPart(name: string): Promise<unknown> {
  if (addresses === null) throw new Error(`The part ${name} is imported before its address is known.`);
  return import(/* @vite-ignore */ addressOf(name, addresses));
}
