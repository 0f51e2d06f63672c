/**
 * Loads the page again where its program has not come, once the server has all of it. The build writes this script into
 * index.html, which is all that there is then.
 */
{
  const SECOND_MS = 1000;
  let failed = false;

  // Not for the style sheet: the page mends that itself (styleSheet.ts).
  const note = ({ target }: Event) => {
    if (target instanceof HTMLScriptElement || (target as HTMLLinkElement).rel === 'modulepreload') failed = true;
  };

  /** Past the HTTP cache, which keeps what it has for ever, be it damaged, and takes what comes instead. */
  const get = async (url: string, integrity = '') => {
    const answer = await fetch(url, { cache: 'reload', integrity });
    if (!answer.ok) throw new Error(url);
    return answer.text();
  };

  /** The last element of index.html, which is not there where that came cut. */
  const isWhole = (page: Document) => page.querySelector('noscript') !== null;

  /** Whether the server has a page that would start: perhaps a newer one, with a program of another name. */
  const isThere = async () => {
    const page = new DOMParser().parseFromString(await get(location.href), 'text/html');
    const parts = page.querySelectorAll<HTMLScriptElement & HTMLLinkElement>('script[src],link[rel=modulepreload]');
    await Promise.all([...parts].map((part) => get(part.src || part.href, part.integrity)));
    return isWhole(page);
  };

  const tryAgain = async (pause: number) => {
    if (await isThere().catch(() => false)) location.reload();
    else wait(Math.min(2 * pause, 60 * SECOND_MS));
  };

  const wait = (pause: number) => setTimeout(tryAgain, pause, pause);

  addEventListener('error', note, true);
  addEventListener('load', () => {
    const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    // Having loaded again was no help, or else it would have started: no hurry then.
    if (failed || !isWhole(document)) wait(visit?.type === 'reload' ? 10 * SECOND_MS : SECOND_MS);
  });
}
