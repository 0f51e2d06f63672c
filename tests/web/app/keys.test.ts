import { beforeEach, expect, test, vi } from 'vitest';
import { onKeys } from '../../../webapp/src/app/keys';

let target: Document;
let dialog: object | null;
const actions = { undo: vi.fn(), redo: vi.fn(), say: vi.fn() };

/** Press a key; says whether it was handled. */
function press(key: string, also: Partial<KeyboardEvent> = {}): boolean {
  const event = Object.assign(new Event('keydown', { cancelable: true }), { key, code: '', ...also });
  target.dispatchEvent(event);
  return event.defaultPrevented;
}

beforeEach(() => {
  vi.resetAllMocks();
  dialog = null;
  target = Object.assign(new EventTarget(), { querySelector: () => dialog }) as unknown as Document;
  vi.stubGlobal('document', target);
  onKeys('page', target, actions);
});

test.each([
  ['z', 'KeyZ', {}],
  ['z', 'KeyY', {}], // German
  ['Z', 'KeyZ', {}], // with Caps Lock
  ['я', 'KeyZ', {}],
  ['ζ', 'KeyZ', {}],
  ['ז', 'KeyZ', {}],
] as const)('%s on %s undoes and redoes', (key, code, also) => {
  expect(press(key, { code, ctrlKey: true, ...also })).toBe(true);
  expect(press(key, { code, metaKey: true, ...also })).toBe(true);
  expect(actions.undo).toHaveBeenCalledTimes(2);
  expect(actions.redo).not.toHaveBeenCalled();
  expect(press(key, { code, ctrlKey: true, shiftKey: true, ...also })).toBe(true);
  expect(actions.undo).toHaveBeenCalledTimes(2);
  expect(actions.redo).toHaveBeenCalledTimes(1);
});

test.each(['y', 'Y', 'н', 'υ'])('Ctrl+%s redoes', (key) => {
  expect(press(key, { code: 'KeyY', ctrlKey: true })).toBe(true);
  expect(actions.redo).toHaveBeenCalledTimes(1);
});

test.each([
  ['Latin', '0123456789'],
  ['Arabic-Indic', '٠١٢٣٤٥٦٧٨٩'],
  ['Persian', '۰۱۲۳۴۵۶۷۸۹'],
  ['Devanagari', '०१२३४५६७८९'],
  ['Bengali', '০১২৩৪৫৬৭৮৯'],
  ['fullwidth', '０１２３４５６７８９'],
  ['mathematical sans-serif', '𝟢𝟣𝟤𝟥𝟦𝟧𝟨𝟩𝟪𝟫'],
])('every digit can be said: %s', (_, digits) => {
  for (const digit of digits) expect(press(digit)).toBe(true);
  expect(actions.say.mock.calls.map(([digit]) => digit).join('')).toBe('0123456789');
});

test('the unshifted digits of a French keyboard, and its shifted ones', () => {
  for (const [i, key] of [...'&é"\'(-è_çà'].entries()) expect(press(key, { code: `Digit${(i + 1) % 10}` })).toBe(true);
  expect(press('5', { code: 'Digit5', shiftKey: true })).toBe(true);
  expect(actions.say.mock.calls.map(([digit]) => digit).join('')).toBe('12345678905');
});

test('a digit may be that of the number pad', () => {
  expect(press('7', { code: 'Numpad7' })).toBe(true);
  expect(press('٧', { code: 'Numpad7' })).toBe(true);
  expect(press('Home', { code: 'Numpad7' })).toBe(false);
  expect(actions.say.mock.calls.map(([digit]) => digit).join('')).toBe('77');
});

test.each([
  ['a letter', 'z', { code: 'KeyZ' }],
  ['another command', 'Escape', { ctrlKey: true }],
  ['what may not wipe the sheet: Escape', 'Escape', { code: 'Escape' }],
  ['what may not wipe the sheet: Delete', 'Delete', { code: 'Delete' }],
  ['a command with Alt', 'z', { code: 'KeyZ', ctrlKey: true, altKey: true }],
  ['a digit with a modifier', '1', { code: 'Digit1', ctrlKey: true }],
  ['a digit with Alt', '1', { code: 'Digit1', altKey: true }],
  ['a digit that is held down', '1', { code: 'Digit1', repeat: true }],
  ['the sign above a digit', '!', { code: 'Digit1', shiftKey: true }],
  ['a dead key', 'Dead', { code: 'Digit6' }],
])('%s is left to the browser', (_, key, also) => {
  expect(press(key, also)).toBe(false);
  for (const action of Object.values(actions)) expect(action).not.toHaveBeenCalled();
});

test('while a dialog is open the keys of the page rest', () => {
  dialog = {};
  expect(press('7')).toBe(false);
  expect(actions.say).not.toHaveBeenCalled();
});

test('a key that an inner part has handled does nothing more', () => {
  const event = Object.assign(new Event('keydown', { cancelable: true }), { key: '7', code: 'Digit7' });
  event.preventDefault();
  target.dispatchEvent(event);
  expect(actions.say).not.toHaveBeenCalled();
});
