import { expect, test } from 'vitest';
import { placeBeside } from '../../../../webapp/src/app/teaching/placeBeside';

const size = { width: 300, height: 200 };
const desktop = { left: 8, top: 8, right: 1272, bottom: 792 };
const at = (left: number, top: number) => ({ left, top, right: left + 44, bottom: top + 44 });

test('below the anchor, in its middle', () => {
  expect(placeBeside(at(600, 300), size, desktop)).toEqual({ left: 472, top: 352 });
});

test('above it where there is no room below', () => {
  expect(placeBeside(at(600, 700), size, desktop)).toEqual({ left: 472, top: 492 });
});

test('beside the digit where above the anchor it would hide the digit', () => {
  const digit = { left: 500, top: 100, right: 700, bottom: 690 };
  expect(placeBeside(at(578, 700), size, desktop, [digit])).toEqual({ left: 708, top: 592 });
});

test('at the lower edge of a phone where the digit fills the sheet', () => {
  const phone = { left: 8, top: 8, right: 352, bottom: 732 };
  const digit = { left: 60, top: 160, right: 300, bottom: 520 };
  expect(placeBeside(at(158, 110), size, phone, [digit])).toEqual({ left: 30, top: 532 });
});

test('always in the window, wherever the anchor is, and clear of it where there is room', () => {
  for (const room of [
    desktop,
    { left: 8, top: 8, right: 352, bottom: 732 },
    { left: 55, top: 8, right: 789, bottom: 382 },
  ]) {
    for (let x = -100; x < 1400; x += 70) {
      for (let y = -100; y < 900; y += 70) {
        const { left, top } = placeBeside(at(x, y), size, room);
        expect(left).toBeGreaterThanOrEqual(room.left);
        expect(top).toBeGreaterThanOrEqual(room.top);
        expect(left + size.width).toBeLessThanOrEqual(room.right);
        expect(top + size.height).toBeLessThanOrEqual(room.bottom);
        const clear = left >= x + 44 || left + size.width <= x || top >= y + 44 || top + size.height <= y;
        if (room === desktop) expect(clear).toBe(true);
      }
    }
  }
});

test('where the window is smaller than it, its start is in view', () => {
  expect(placeBeside(at(50, 50), size, { left: 8, top: 8, right: 200, bottom: 150 })).toEqual({ left: 8, top: 8 });
});
