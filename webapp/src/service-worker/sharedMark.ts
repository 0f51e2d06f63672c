/** The end of the page's address when pictures were shared with it: they wait in the cache of this name. */
export const sharedMark = '#shared-pictures';

/** The name of that cache. Several sites of one host share all caches, so it holds the site's folder. */
export function sharedCacheName(folder: string): string {
  return `shared-pictures:${folder}`;
}

/** The header that holds a shared file's name, percent-encoded. */
export const NAME_HEADER = 'x-file-name';
