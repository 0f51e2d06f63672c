import { programFiles } from './programFiles';

const fetched = new Set<string>();

/**
 * Fetch all that a recognizer needs first, at once: otherwise its program would be fetched script by script, and then ask for
 * the rest. The worker's requests join these, or find them in the HTTP cache. Each file is fetched once; failures are the
 * worker's to report.
 */
export function fetchAhead(baseUrl?: string): void {
  for (const address of programFiles(baseUrl).first) {
    if (fetched.has(address)) continue;
    fetched.add(address);
    // The cache keeps whole answers only.
    fetch(address, { credentials: 'same-origin' })
      .then((answer) => answer.arrayBuffer())
      .catch(() => fetched.delete(address));
  }
}
