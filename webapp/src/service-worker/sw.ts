/**
 * Keeps one version of the whole site for offline use. It is installed once every file has come, as one; a newer version
 * waits until no tab uses the older one, or until the user asks for it, so that files of two versions never meet.
 */
import { addPlugins, type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';
import { wasmSupport } from '../recognizer/wasmSupport';
import type { NotKept, TakeOver } from './messages';
import { neededFiles } from './neededFiles';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: PrecacheEntry[] };

addPlugins([
  {
    async handlerDidError({ error, event, request }) {
      if (event.type === 'install') await tellPages(await describe(error, request.url));
      return undefined; // it stays an error
    },
  },
]);

// index.html answers for the folder's own address too (Workbox's directoryIndex).
precacheAndRoute(neededFiles(self.__WB_MANIFEST, wasmSupport()));

// The tab of the first visit counts too: without this, a newer version would not wait for it.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('message', ({ data }) => {
  if ((data as TakeOver | null)?.type === 'take-over') void self.skipWaiting();
});

async function describe(error: Error, url: string): Promise<NotKept> {
  const why = async () => {
    if (error.name === 'QuotaExceededError') return 'full';
    if (error.name === 'bad-precaching-response') return 'missing';
    // A browser tells a wrong SHA-256 from a lost connection on its console only; past the cache, which it mends.
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
