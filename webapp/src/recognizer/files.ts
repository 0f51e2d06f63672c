/** Where the files are that the recognizer fetches: the folder that their paths are relative to, or the address of each path. */
export type FileAddresses = string | Readonly<Record<string, string>>;

/** The address of a file. */
export function addressOf(path: string, addresses: FileAddresses): string {
  const address = typeof addresses === 'string' ? new URL(path, addresses).href : addresses[path];
  if (address === undefined) throw new Error(`No address is known for the file ${path}.`);
  return address;
}
