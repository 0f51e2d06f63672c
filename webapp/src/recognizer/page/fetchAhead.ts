const fetched = new Set<string>();

/**
 * Fetch all that a recognizer needs first, at once: otherwise its worker would be fetched script by script, and then ask for
 * the rest. The worker's requests join these, or find them in the HTTP cache. Each file is fetched once, and not at all where
 * the page names it in a link, as our own does; failures are the worker's to report.
 */
export function fetchAhead(addresses: readonly string[]): void {
  for (const { href } of document.querySelectorAll('link')) fetched.add(href);
  for (const address of addresses) {
    if (fetched.has(address)) continue;
    fetched.add(address);
    // The cache keeps whole answers only.
    fetch(address, { credentials: 'same-origin' })
      .then((answer) => answer.arrayBuffer())
      .catch(() => fetched.delete(address));
  }
}
