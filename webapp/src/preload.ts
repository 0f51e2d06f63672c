/** Style sheets that are on their way. */
const sheets = new Map<string, Promise<unknown>>();

/**
 * Import a module that loads later, once its style sheets are there, and fetch what it imports beside it. The build puts this in
 * place of Vite's own helper, which is three times as large.
 *
 * @param load imports it.
 * @param files the addresses of scripts and style sheets, relative to `base`.
 */
export async function __vitePreload<Module>(
  load: () => Promise<Module>,
  files: readonly string[] = [],
  base?: string,
): Promise<Module> {
  const links = new Set([...document.querySelectorAll('link')].map(({ href }) => href));
  await Promise.all(files.map((file) => fetchOnce(new URL(file, base).href, links)));
  return load();
}

function fetchOnce(href: string, links: ReadonlySet<string>): Promise<unknown> | undefined {
  if (links.has(href)) return sheets.get(href);
  const isSheet = href.endsWith('.css');
  const rel = isSheet ? 'stylesheet' : 'modulepreload';
  const link = Object.assign(document.createElement('link'), { rel, href, crossOrigin: '' });
  const loaded = new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = (event) => {
      link.remove(); // the next call tries again
      reject(event);
    };
  });
  document.head.append(link);
  if (!isSheet) return loaded.catch(() => {}); // the import itself reports what is missing
  sheets.set(href, loaded);
  return loaded;
}
