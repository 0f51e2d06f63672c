/** All keyboard shortcuts: by the part of the page that has the focus, the key and what it does. */
const KEYS = {
  page: { 'Ctrl+z': 'undo', 'Ctrl+Shift+z': 'redo', 'Ctrl+y': 'redo', digit: 'say' },
  number: {
    ArrowLeft: 'previous',
    ArrowRight: 'next',
    Home: 'first',
    End: 'last',
    Delete: 'remove',
    Backspace: 'remove',
  },
  question: {
    digit: 'answer',
    Delete: 'remove',
    Backspace: 'remove',
    ArrowLeft: 'move',
    ArrowRight: 'move',
    ArrowUp: 'move',
    ArrowDown: 'move',
  },
} as const;

type Place = keyof typeof KEYS;
type Action<P extends Place> = (typeof KEYS)[P][keyof (typeof KEYS)[P]] & string;

/**
 * Handle the keys of one part of the page. A key that an inner part has handled is left alone, and so are the keys of the
 * page while a dialog is open.
 *
 * @param actions called with the digit of the key, whatever script it is written in, and with the key.
 */
export function onKeys<P extends Place>(
  place: P,
  target: HTMLElement | Document,
  actions: Record<Action<P>, (digit: number, key: string) => void>,
): void {
  const keys = KEYS[place] as Partial<Record<string, string>> as Partial<Record<string, Action<P>>>;
  target.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || (place === 'page' && document.querySelector('dialog[open]'))) return;
    const { name, digit } = nameOf(event as KeyboardEvent);
    const action = keys[name];
    if (action === undefined) return;
    event.preventDefault();
    actions[action](digit, (event as KeyboardEvent).key);
  });
}

/** The key as the table names it, and its digit; a digit that is held down counts once. */
function nameOf(event: KeyboardEvent): { name: string; digit: number } {
  const { key, ctrlKey, metaKey, altKey, shiftKey, repeat } = event;
  if (ctrlKey || metaKey) {
    return { name: `${altKey ? 'Alt+' : ''}Ctrl+${shiftKey ? 'Shift+' : ''}${letterOf(event)}`, digit: Number.NaN };
  }
  const digit = altKey || repeat ? Number.NaN : digitOf(event);
  return { name: Number.isNaN(digit) ? key : 'digit', digit };
}

/** The Latin letter of a command: the key's own; on a keyboard of another script, that of its place on a US keyboard. */
function letterOf({ key, code }: KeyboardEvent): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? key;
}

/**
 * The digit of a key, in any script; NaN if it has none. In the row of digits a key also means its digit where that needs
 * Shift, as on French and Czech keyboards.
 */
function digitOf({ key, code, shiftKey }: KeyboardEvent): number {
  if (/^\p{Nd}$/u.test(key)) return digitValue(key);
  const typesASign = [...key].length === 1 && !shiftKey; // not "End", which is on 1 where Num Lock is off
  return Number((typesASign && /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1]) || Number.NaN);
}

/** The value of a decimal digit of any script: Unicode has each script's ten in a row, from 0 to 9. */
function digitValue(digit: string): number {
  const code = digit.codePointAt(0) as number;
  let zero = code;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero--;
  return (code - zero) % 10; // some sets of ten follow each other
}
