import { expect, test } from 'vitest';
import { stateOf, storedState } from '../../../webapp/src/element/storedState';

const TEXT = { typed: '12', said: new Map([['a', 7]]) };
const INK = [
  [
    [0, 0],
    [0.5, 1 / 3],
  ],
] as const;

test('what is stored comes back', () => {
  expect(stateOf(storedState(TEXT, INK))).toEqual({ text: TEXT, ink: INK });
});

test.each(['', '12', 'null', '{}', '{"typed":"1","said":[],"ink":[[[1]]]}', '{"typed":"1","said":7,"ink":[]}'])(
  'another text counts as nothing: %s',
  (stored) => {
    expect(stateOf(stored)).toBeNull();
  },
);
