// @module-tag heavy
import { expect, test } from 'vitest';
import { readPicture } from '../../../webapp/src/bitmap';
import { knowsBarsAndRings, onBar, onRing, paint } from './made';

const read = (...picture: Parameters<typeof paint>) => readPicture(paint(...picture), knowsBarsAndRings, 0.8);

/** 1, 0, 1 in a row, at (60, 180, 300) of a sheet of 360×120. */
const row = (x: number, y: number) =>
  onBar(x, y, 60, 60, 60, 7) || onRing(x, y, 180, 60, 60, 7) || onBar(x, y, 300, 60, 60, 7);

test('a row is read from left to right, with a box and an image for each digit', () => {
  const reading = read(360, 120, (x, y) => (row(x, y) ? 30 : 230));
  expect(reading.text).toBe('101');
  expect(reading.lines).toEqual(['101']);
  expect(reading.nothing).toBeNull();
  expect(reading.images).toHaveLength(3 * 784);
  const { x, y, width, height } = (reading.digits[1] as (typeof reading.digits)[0]).box;
  expect(Math.abs(x + width / 2 - 180)).toBeLessThan(1.5);
  expect(Math.abs(y + height / 2 - 60)).toBeLessThan(1.5);
  expect(Math.abs(height - 60)).toBeLessThan(4);
});

const onSquare = (x: number, y: number) => y % 24 === 5 || x % 24 === 11;
const onAskewLine = (x: number, y: number) => Math.abs(((y - 0.12 * x + 240) % 30) - 15) < 1;
const light = (x: number) => (x < 130 ? 1 : 0.5) * (1 - x / 1000);

test.each<[string, (x: number, y: number) => number]>([
  ['light ink on dark paper', (x, y) => (row(x, y) ? 225 : 40)],
  ['light that falls off, and the edge of a shadow', (x, y) => light(x) * (row(x, y) ? 60 : 240)],
  ['pencil among ink', (x, y) => (row(x, y) ? (x > 240 ? 140 : 30) : 230)],
  ['ruled and squared paper', (x, y) => (row(x, y) ? 30 : onSquare(x, y) ? 170 : 235)],
  ['ruled lines that run askew', (x, y) => (row(x, y) ? 30 : onAskewLine(x, y) ? 160 : 235)],
  ['specks', (x, y) => (row(x, y) || (x % 90 < 2 && y % 50 < 2) ? 30 : 230)],
])('the same row is read with %s', (_, level) => {
  expect(read(360, 120, level).text).toBe('101');
});

test('lines of digits are read from the top, also where they run askew', () => {
  const askew = (x: number, y: number) => row(x, y - 0.1 * x);
  const reading = read(360, 320, (x, y) => (askew(x, y) || askew(360 - x, y - 130 - 0.1 * (2 * x - 360)) ? 30 : 230));
  expect(reading.lines).toEqual(['101', '101']);
});

test.each<[string, (x: number, y: number) => boolean]>([
  ['in two, side by side,', (x) => Math.abs(x - 180) <= 2],
  ['across', (x, y) => x > 120 && Math.abs(y - 60) <= 3],
])('a ring that broke %s is one 0', (_, inGap) => {
  const ink = (x: number, y: number) => (row(x, y) && x < 240 && !inGap(x, y) ? 30 : 230);
  expect(read(360, 120, ink).text).toBe('10');
});

test('a ring that broke in three is one 0, where all of the ink is surer than its pieces', () => {
  const broken = (x: number, y: number) => onRing(x, y, 100, 100, 90, 10) && Math.abs(Math.abs(y - 100) - 20) > 6;
  const reading = read(200, 200, (x, y) => (broken(x, y) ? 30 : 230));
  expect(reading.text).toBe('0');
  expect(reading.digits[0]?.box.height).toBeGreaterThan(88);
  const ofThree = (x: number, y: number) => row(x, y) && Math.abs(x - 180) > 60;
  expect(read(360, 120, (x, y) => (ofThree(x, y) ? 30 : 230)).text).toBe('11');
});

test('digits that touch are parted where the network is surer of the parts', () => {
  const touching = (x: number, y: number) => onRing(x, y, 150, 60, 60, 7) || onRing(x, y, 184, 60, 60, 7);
  const reading = read(360, 120, (x, y) => (touching(x, y) ? 30 : 230));
  expect(reading.text).toBe('00');
  const [left, right] = reading.digits.map(({ box }) => box.x + box.width / 2) as [number, number];
  expect(left).toBeGreaterThan(140);
  expect(left).toBeLessThan(160);
  expect(right).toBeGreaterThan(174);
});

test('a hair line is widened and a brush narrowed, so that both read', () => {
  expect(read(200, 200, (x, y) => (onRing(x, y, 100, 100, 150, 2.5) ? 30 : 230)).text).toBe('0');
  expect(read(200, 200, (x, y) => (onRing(x, y, 100, 100, 150, 45) ? 30 : 230)).text).toBe('0');
});

test('what the network is unsure of is a question mark; what it knows for no digit is nothing', () => {
  const between = (pixels: Float32Array) => {
    const answers = knowsBarsAndRings(pixels);
    for (let i = 0; i < answers.length; i += 10) {
      if ((answers[i + 1] as number) > 0.9) answers.set([0, 0.5, 0, 0, 0, 0, 0, 0.5, 0, 0], i);
    }
    return answers;
  };
  const picture = paint(360, 120, (x, y) => (row(x, y) ? 30 : 230));
  expect(readPicture(picture, between, 0.8).text).toBe('?0?');
  const blob = paint(200, 200, (x, y) => (Math.hypot(x - 100, y - 100) < 60 ? 30 : 230));
  const atALoss = (pixels: Float32Array) => new Float32Array((10 * pixels.length) / 784).fill(0.1);
  expect(readPicture(blob, atALoss, 0.8)).toMatchObject({ text: '', digits: [], nothing: 'no-digit' });
});

test('blank paper, with its grain, is blank', () => {
  const grain = (x: number, y: number) => 228 + ((x * 7919 + y * 104729) % 7);
  expect(read(200, 200, grain)).toMatchObject({ text: '', digits: [], nothing: 'blank' });
  expect(read(1, 1, () => 255).nothing).toBe('blank');
  expect(read(3, 200, () => 0).nothing).toBe('blank');
});

test("an image of MNIST's own size and colours is read as it is", () => {
  const reading = read(28, 28, (x, y) => (onRing(x, y, 14, 14, 20, 3) ? 255 : 0));
  expect(reading.text).toBe('0');
  expect(Array.from(reading.images).every((level) => level === 0 || level === 1)).toBe(true);
});

test('digits that the edge of the picture cuts are counted', () => {
  const cut = read(360, 120, (x, y) => (row(x + 47, y) || onRing(x, y, 60, 60, 60, 7) ? 30 : 230));
  expect(cut.remarks.cutOff).toBe(0);
  expect(read(360, 120, (x, y) => (row(x, y + 35) ? 30 : 230)).remarks.cutOff).toBe(3);
  expect(read(28, 28, (x, y) => (onRing(x, y, 14, 14, 28, 3) ? 255 : 0)).remarks.cutOff).toBe(0);
});

test('what is no digit and as high as digits is counted', () => {
  const letter = (x: number, y: number) =>
    onBar(x, y, 240, 60, 60, 7) || (Math.abs(x - 240) < 15 && Math.abs(y - 34) < 4);
  const dash = (x: number, y: number) => Math.abs(x - 115) < 12 && Math.abs(y - 60) < 3;
  const reading = read(360, 120, (x, y) => (row(x, y) || letter(x, y) || dash(x, y) ? 30 : 230));
  expect(reading.text).toBe('101');
  expect(reading.remarks.leftOut).toBe(1);
});

test('what stands in a box is an unsure digit where the network refuses it, and never left out', () => {
  const inBox = (x: number, y: number) => y > 10 && y < 110 && Math.min((x + 30) % 60, y - 11, 109 - y) < 3;
  const corner = (x: number, y: number) => x >= 158 && x < 204 && y >= 37 && y < 83 && (x < 165 || y >= 76);
  const digits = (x: number, y: number) => onBar(x, y, 60, 60, 60, 7) || corner(x, y) || onBar(x, y, 240, 60, 60, 7);
  const { text, remarks } = read(330, 120, (x, y) => (digits(x, y) || (x > 28 && x < 274 && inBox(x, y)) ? 30 : 230));
  expect(text).toBe('1?1');
  expect(remarks.leftOut).toBe(0);
});

test('digits of a row of boxes are read from left to right, though one stands low and the next one high', () => {
  const inBox = (x: number, y: number) => y > 10 && y < 110 && Math.min((x + 30) % 60, y - 11, 109 - y) < 3;
  const ones = (x: number, y: number) => [55, 60, 82].some((at, i) => onBar(x, y, 60 * i + 60, at, 45, 7));
  const zeros = (x: number, y: number) => [240, 300, 360].some((at) => onRing(x, y, at, 42, 50, 7));
  const ink = (x: number, y: number) => ones(x, y) || zeros(x, y) || (x > 28 && x < 394 && inBox(x, y));
  expect(read(800, 220, (x, y) => (ink(x - 200, y - 50) ? 30 : 230)).text).toBe('111000');
});

test.each([
  ['joined, with lines of 3 pixels', 0, [30, 30, 30]],
  ['with a blue line', 0, [40, 80, 200]],
  ['apart', 8, [40, 80, 200]],
])('the lines of boxes are no digits: %s', (_, gap, [red = 0, green = 0, blue = 0]) => {
  const size = 60;
  const { data, ...picture } = paint(4 * (size + gap) + 40, 100, () => 255);
  const pixels = Uint8ClampedArray.from(data);
  for (let y = 0; y < 100; y++) {
    for (let x = 0; x < picture.width; x++) {
      const [u, v] = [(x - 20) % (size + gap), y - 20];
      const cell = Math.floor((x - 20) / (size + gap));
      const last = gap === 0 && x - 20 >= 4 * size && x - 20 < 4 * size + 3;
      const inRow = (cell >= 0 && cell < 4 && u < size) || last;
      const line =
        inRow && v >= 0 && v < size && (last || u < 3 || (gap > 0 && u >= size - 3) || v < 3 || v >= size - 3);
      const ink = cell >= 0 && cell < 4 && onRing(u, v, size / 2, size / 2, 36, 5);
      if (line || ink) pixels.set(ink ? [30, 30, 30] : [red, green, blue], 4 * (y * picture.width + x));
    }
  }
  expect(readPicture({ ...picture, data: pixels }, knowsBarsAndRings, 0.8).text).toBe('0000');
});

test('a number in boxes has a place for each box, also for an empty one', () => {
  const inBox = (x: number, y: number) => y > 10 && y < 110 && Math.min((x + 30) % 60, y - 11, 109 - y) < 3;
  const digits = (x: number, y: number) =>
    onBar(x, y, 60, 60, 60, 7) || onRing(x, y, 180, 60, 60, 7) || onBar(x, y, 240, 60, 60, 7);
  const { text, remarks } = read(330, 120, (x, y) => (digits(x, y) || (x > 28 && x < 274 && inBox(x, y)) ? 30 : 230));
  expect(text).toBe('101');
  expect(remarks.linesRemoved).toBe('boxes');
  expect(remarks.emptyBoxes.map(({ before }) => before)).toEqual([1]);
  expect(Math.abs((remarks.emptyBoxes[0]?.box.x ?? 0) - 91)).toBeLessThan(4);
});
