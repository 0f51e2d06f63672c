/** All keyboard shortcuts: by the part of the page that has the focus, the key and what it does. */
const KEYS = {
  page: { 'Ctrl+z': 'undo', 'Ctrl+Z': 'redo', 'Ctrl+y': 'redo', digit: 'say' },
  number: {
    ArrowLeft: 'previous',
    ArrowRight: 'next',
    Home: 'first',
    End: 'last',
    Delete: 'remove',
    Backspace: 'remove',
  },
  question: { digit: 'answer' },
} as const;

type Place = keyof typeof KEYS;
type Action<P extends Place> = (typeof KEYS)[P][keyof (typeof KEYS)[P]] & string;

/**
 * Handle the keys of one part of the page. A key that an inner part has handled is left alone, and so are the keys of the
 * page while a dialog is open.
 *
 * @param actions called with the digit of the key, if it is one.
 */
export function onKeys<P extends Place>(
  place: P,
  target: HTMLElement | Document,
  actions: Record<Action<P>, (digit: number) => void>,
): void {
  const keys = KEYS[place] as Partial<Record<string, string>> as Partial<Record<string, Action<P>>>;
  target.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || (place === 'page' && document.querySelector('dialog[open]'))) return;
    const action = keys[nameOf(event as KeyboardEvent)];
    if (action === undefined) return;
    event.preventDefault();
    actions[action](Number((event as KeyboardEvent).key));
  });
}

/** The key as the table names it; a digit that is held down counts once. */
function nameOf({ key, ctrlKey, metaKey, altKey, repeat }: KeyboardEvent): string {
  if (/^[0-9]$/.test(key) && !altKey && !repeat) key = 'digit';
  return ctrlKey || metaKey ? `Ctrl+${key}` : key;
}
