/**
 * Reloads the page if its program was not delivered, as soon as the server has all of it. The build writes this script into
 * index.html, because nothing else may have arrived.
 */
{
  const SECOND_MS = 1000;
  let failed = false;

  // A style sheet does not count: the page fetches that again itself (refetchStyleSheet.ts).
  const noteFailure = ({ target }: Event) => {
    if (target instanceof HTMLScriptElement || (target as HTMLLinkElement).rel === 'modulepreload') failed = true;
  };

  /** Fetch past the HTTP cache, which may hold a damaged file for ever; it stores the new answer. */
  const get = async (url: string, integrity = '') => {
    const answer = await fetch(url, { cache: 'reload', integrity });
    if (!answer.ok) throw new Error(url);
    return answer.text();
  };

  /** Whether a page has the last element of index.html, so that it was not cut short. */
  const isWhole = (page: Document) => page.querySelector('noscript') !== null;

  /** Whether the server has a page that would start; it may be a newer one, whose program has another name. */
  const canStart = async () => {
    const page = new DOMParser().parseFromString(await get(location.href), 'text/html');
    const parts = page.querySelectorAll<HTMLScriptElement & HTMLLinkElement>('script[src],link[rel=modulepreload]');
    await Promise.all([...parts].map((part) => get(part.src || part.href, part.integrity)));
    return isWhole(page);
  };

  const retry = async (pause: number) => {
    if (await canStart().catch(() => false)) location.reload();
    else wait(Math.min(2 * pause, 60 * SECOND_MS));
  };

  const wait = (pause: number) => setTimeout(retry, pause, pause);

  addEventListener('error', noteFailure, true);
  addEventListener('load', () => {
    const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    // If the page was reloaded already and still did not start, wait longer.
    if (failed || !isWhole(document)) wait(visit?.type === 'reload' ? 10 * SECOND_MS : SECOND_MS);
  });
}
