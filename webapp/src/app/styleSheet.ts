import { Comeback } from './comeback';

/** Fetch the page's style sheet again, past the HTTP cache, until it is there whole; the page works without. */
export function mendStyleSheet(): void {
  const comeback = new Comeback();
  const sheet = document.querySelector<HTMLLinkElement>('link[rel="stylesheet"]');
  const look = () => {
    if (sheet !== null && !isWhole()) comeback.later(() => void fetchAgain(sheet.href).then(look));
  };
  if (document.readyState === 'complete') look();
  else addEventListener('load', look, { once: true });
}

/** Whether the last rule of style.css has come. */
function isWhole(): boolean {
  return getComputedStyle(document.documentElement).getPropertyValue('--whole') !== '';
}

async function fetchAgain(address: string): Promise<void> {
  try {
    const answer = await fetch(address, { cache: 'reload', credentials: 'same-origin' });
    if (!answer.ok) return;
    // Not a second <link>: the browser's memory would give it the damaged sheet that the first one holds.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await answer.text());
    document.adoptedStyleSheets = [sheet];
  } catch {
    // There is another time.
  }
}
