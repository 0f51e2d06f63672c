import { ConnectionError, ModelLoadError } from '../errors';
import { addressOf, type FileAddresses } from './files';

/** Longest time without a byte. */
const STALL_MS = 60_000;

/** A file of the site, as the build described it. */
export interface SiteFile {
  /** Relative to the folder of index.html; in the package, its name. */
  readonly path: string;
  readonly bytes: number;
  /** SHA-256 of the content, in hex. */
  readonly sha256: string;
}

/**
 * Fetch a file of the site and check its length and, where the browser can, its SHA-256.
 *
 * A damaged file is fetched once more, past the HTTP cache, before it is reported.
 *
 * @param onBytes called with the number of bytes of this file that have arrived, from 0 to its length.
 * @throws ModelLoadError whose message names the file and what is wrong with it; ConnectionError where the connection failed.
 */
export async function fetchChecked(
  file: SiteFile,
  addresses: FileAddresses,
  onBytes: (bytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const url = addressOf(file.path, addresses);
  const attempt = async (cache: RequestCache) => {
    const stalled = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const heard = (bytes: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => stalled.abort(), STALL_MS);
      onBytes(bytes);
    };
    return fetchAndCheck(file, url, heard, { cache, signal: stalled.signal }).finally(() => clearTimeout(timer));
  };
  return attempt('default').catch(() => attempt('reload'));
}

async function fetchAndCheck(
  file: SiteFile,
  url: string,
  onBytes: (bytes: number) => void,
  how: Pick<RequestInit, 'cache' | 'signal'>,
): Promise<Uint8Array<ArrayBuffer>> {
  onBytes(0);
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  // Only https and localhost have crypto.subtle; elsewhere the browser itself must check the content.
  const canHash = globalThis.crypto?.subtle !== undefined;
  const integrity = canHash ? undefined : `sha256-${base64(file.sha256)}`;
  const response = await fetch(url, { ...how, credentials: 'same-origin', integrity }).catch(() => {
    const why = canHash ? "can't be reached" : "can't be reached, or was altered on its way";
    throw new ConnectionError('unreachable', `The file ${name} ${why}.`);
  });
  if (response.status >= 500) {
    throw new ConnectionError('busy', `The server can't give the file ${name} now (answer ${response.status}).`);
  }
  if (!response.ok) {
    throw new ModelLoadError('missing', `The file ${name} is missing on the server (answer ${response.status}).`);
  }
  const content = new Uint8Array(file.bytes);
  let length = 0;
  try {
    for await (const chunk of chunksOf(response)) {
      if (length + chunk.length <= file.bytes) content.set(chunk, length);
      length += chunk.length;
      onBytes(Math.min(length, file.bytes));
    }
  } catch {
    throw new ConnectionError('unreachable', `The connection broke off while the file ${name} was coming.`);
  }
  if (length !== file.bytes) {
    throw new ModelLoadError('damaged', `The file ${name} came with ${length} bytes in place of ${file.bytes}.`);
  }
  if (canHash) {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
    const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    if (hex !== file.sha256) {
      throw new ModelLoadError('damaged', `The file ${name} was altered on its way (its SHA-256 is ${hex}).`);
    }
  }
  return content;
}

/** Hex digits to base64, the form that the integrity of a fetch has. */
function base64(hex: string): string {
  return btoa(hex.replace(/../g, (byte) => String.fromCharCode(Number.parseInt(byte, 16))));
}

/** The body's chunks as they arrive. (Safari's ReadableStream can't be iterated: WebKit bug 194379.) */
async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) {
    yield new Uint8Array(await response.arrayBuffer());
    return;
  }
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
}
