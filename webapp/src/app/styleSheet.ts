import { Comeback } from './comeback';

/** Fetch the page's style sheet again, past the HTTP cache, until it is there whole; the page works without. */
export function mendStyleSheet(): void {
  const comeback = new Comeback();
  const sheet = document.querySelector<HTMLLinkElement>('link[rel="stylesheet"]');
  const look = () => {
    if (sheet !== null && !isWhole()) comeback.later(() => void fetchAgain(sheet).then(look));
  };
  if (document.readyState === 'complete') look();
  else addEventListener('load', look, { once: true });
}

/** Whether the last rule of style.css has come. */
function isWhole(): boolean {
  return getComputedStyle(document.documentElement).getPropertyValue('--whole') !== '';
}

async function fetchAgain({ href, integrity }: HTMLLinkElement): Promise<void> {
  try {
    const answer = await fetch(href, { cache: 'reload', credentials: 'same-origin', integrity });
    if (!answer.ok) return;
    // Not a second <link>: the browser's memory would give it the damaged sheet that the first one holds.
    const whole = new CSSStyleSheet();
    whole.replaceSync(await answer.text());
    document.adoptedStyleSheets = [whole];
  } catch {
    // There is another time.
  }
}
