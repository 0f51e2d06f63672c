/**
 * Stores one version of the whole site for offline use. A version is installed when all of its files have arrived. It
 * waits until no tab uses the older version, or until the user asks for it, so that two versions never mix.
 */
import { cacheNames } from 'workbox-core';
import { addPlugins, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';
import type { NotKept, TakeOver } from './messages';
import { takeSharedPictures } from './sharedPictures';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: PrecacheEntry[] };

/** Static routing, which not every browser has (W3C, Service Workers). */
interface RoutingEvent extends ExtendableEvent {
  addRoutes?(rules: { condition: { urlPattern: string }; source: { cacheName: string } }[]): Promise<void>;
}

addPlugins([
  {
    async handlerDidError({ error, event, request }) {
      if (event.type === 'install') await tellPages(await describe(error, request.url));
      return undefined; // keep the error
    },
  },
]);

precacheAndRoute(self.__WB_MANIFEST, { urlManipulation: withoutQuery });

// Where the browser can, it takes these files from the cache by itself, and need not start this worker first.
self.addEventListener('install', (event: RoutingEvent) => {
  const patterns = ['assets/*', 'model/*'].map((path) => new URL(path, self.registration.scope).href);
  const source = { cacheName: cacheNames.precache };
  const rules = patterns.map((urlPattern) => ({ condition: { urlPattern }, source }));
  event.addRoutes?.(rules).catch(console.warn); // then this worker answers, as everywhere else
});

takeSharedPictures();

// Without this, a newer version would not wait for the tab of the first visit.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', ({ data }) => {
  if ((data as TakeOver | null)?.type === 'take-over') void self.skipWaiting();
});

/** The address of the file that a page asks for: no file has a query, which mails and other sites add (`?ref=mail`). */
function withoutQuery({ url }: { url: URL }): URL[] {
  const file = new URL(url);
  file.search = ''; // also a bare `?`, which Workbox's ignoreURLParametersMatching leaves
  file.pathname = file.pathname.replace(/\/$/, '/index.html');
  return [file];
}

async function describe(error: Error, url: string): Promise<NotKept> {
  const why = async () => {
    if (error.name === 'QuotaExceededError') return 'full';
    if (error.name === 'bad-precaching-response') return 'missing';
    // An error does not tell a wrong SHA-256 from a lost connection. Reloading also repairs the HTTP cache.
    const answer = await fetch(url, { cache: 'reload' }).catch(() => null);
    if (answer === null) return 'unreachable';
    return answer.ok ? 'altered' : 'missing';
  };
  return { type: 'not-kept', why: await why(), url };
}

async function tellPages(message: NotKept): Promise<void> {
  for (const page of await self.clients.matchAll({ type: 'window', includeUncontrolled: true })) {
    if (page.url.startsWith(self.registration.scope)) page.postMessage(message);
  }
}
