import { NAME_HEADER, sharedCacheName } from '../../service-worker/sharedMark';

/** Take the pictures that the service worker keeps for this page, in the order in which they were shared. */
export async function takeShared(): Promise<File[]> {
  history.replaceState(history.state, '', location.pathname + location.search); // a reload takes nothing
  const name = sharedCacheName(new URL('.', document.baseURI).href);
  const cache = await caches.open(name);
  const files: File[] = [];
  for (const request of await cache.keys()) {
    const response = await cache.match(request);
    // Two tabs may take at once: each picture goes to the one that deletes it.
    if (response === undefined || !(await cache.delete(request))) continue;
    const blob = await response.blob();
    files.push(new File([blob], decodeURIComponent(response.headers.get(NAME_HEADER) ?? ''), { type: blob.type }));
  }
  await caches.delete(name);
  return files;
}
