import { NAME_HEADER, sharedCacheName, sharedMark } from './sharedMark';

declare const self: ServiceWorkerGlobalScope;

/** The address to which the system posts pictures; build/webManifest.ts names it. */
const ACTION = 'share';
const FIELD = 'pictures';

/** Take the pictures that another application shares with the page, keep them until the page asks, and open the page. */
export function takeSharedPictures(): void {
  self.addEventListener('fetch', (event) => {
    const { method, url } = event.request;
    if (method !== 'POST' || url !== new URL(ACTION, self.registration.scope).href) return;
    event.respondWith(keepAndOpen(event.request));
  });
}

async function keepAndOpen(request: Request): Promise<Response> {
  const folder = self.registration.scope;
  try {
    const cache = await caches.open(sharedCacheName(folder));
    const files = (await request.formData()).getAll(FIELD).filter((value) => value instanceof File);
    for (const file of files) {
      const headers = { 'content-type': file.type, [NAME_HEADER]: encodeURIComponent(file.name) };
      await cache.put(new URL(`${ACTION}/${crypto.randomUUID()}`, folder), new Response(file, { headers }));
    }
  } catch (error) {
    console.error(error); // the device may be full: the page opens all the same, with what was kept
  }
  return Response.redirect(new URL(sharedMark, folder), 303);
}
