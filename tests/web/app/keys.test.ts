import { beforeEach, expect, test, vi } from 'vitest';
import { onKeys } from '../../../webapp/src/app/keys';

let target: Document;
let dialog: object | null;
const actions = { undo: vi.fn(), redo: vi.fn(), say: vi.fn() };

/** Press a key; says whether it was handled. */
function press(key: string, also: Partial<KeyboardEvent> = {}): boolean {
  const event = Object.assign(new Event('keydown', { cancelable: true }), { key, ...also });
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

test('each key does what the table says, and is then handled', () => {
  for (const key of ['Escape', 'Delete', '7']) expect(press(key)).toBe(true);
  expect(press('z', { ctrlKey: true })).toBe(true);
  expect(press('z', { metaKey: true })).toBe(true);
  expect(actions.clear).toHaveBeenCalledTimes(2);
  expect(actions.undo).toHaveBeenCalledTimes(2);
  expect(actions.say).toHaveBeenCalledExactlyOnceWith('7');
});

test('every digit can be said', () => {
  for (const digit of '0123456789') press(digit);
  expect(actions.say.mock.calls.flat().join('')).toBe('0123456789');
});

test.each([
  ['a letter', 'z', {}],
  ['another command', 'Escape', { ctrlKey: true }],
  ['a digit with a modifier', '1', { ctrlKey: true }],
  ['a digit with Alt', '1', { altKey: true }],
  ['a digit that is held down', '1', { repeat: true }],
])('%s is left to the browser', (_, key, also) => {
  expect(press(key, also)).toBe(false);
  for (const action of Object.values(actions)) expect(action).not.toHaveBeenCalled();
});

test('while a dialog is open the keys of the page rest', () => {
  dialog = {};
  expect(press('Escape')).toBe(false);
  expect(actions.clear).not.toHaveBeenCalled();
});

test('a key that an inner part has handled does nothing more', () => {
  const event = Object.assign(new Event('keydown', { cancelable: true }), { key: 'Delete' });
  event.preventDefault();
  target.dispatchEvent(event);
  expect(actions.clear).not.toHaveBeenCalled();
});
