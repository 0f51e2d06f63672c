/**
 * Fetches what index.html names for later (`rel="later"`) as soon as the page is painted: it must take no bandwidth from what
 * the first paint needs. The build writes this script into index.html, so that it waits for no other.
 */
requestAnimationFrame(() =>
  setTimeout(() => {
    for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel=later]')) {
      Object.assign(link, { as: 'fetch', crossOrigin: '', rel: 'preload' });
    }
  }),
);
