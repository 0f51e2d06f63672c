import { RetryLater } from './retryLater';

/** Fetch the page's style sheet again, past the HTTP cache, until it is complete. The page works without it. */
export function refetchStyleSheet(): void {
  const retries = new RetryLater();
  const sheet = document.querySelector<HTMLLinkElement>('link[rel="stylesheet"]');
  const check = () => {
    if (sheet !== null && !isComplete()) retries.later(() => void refetch(sheet).then(check));
  };
  if (document.readyState === 'complete') check();
  else addEventListener('load', check, { once: true });
}

/** Whether the last rule of the style sheet (lastRule.css) was loaded. */
function isComplete(): boolean {
  return getComputedStyle(document.documentElement).getPropertyValue('--whole') !== '';
}

async function refetch({ href, integrity }: HTMLLinkElement): Promise<void> {
  try {
    const answer = await fetch(href, { cache: 'reload', credentials: 'same-origin', integrity });
    if (!answer.ok) return;
    // Not a second <link>: the browser would reuse the damaged sheet of the first one from its memory.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await answer.text());
    document.adoptedStyleSheets = [sheet];
  } catch {
    // Try again later.
  }
}
