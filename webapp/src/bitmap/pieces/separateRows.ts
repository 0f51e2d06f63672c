import { middleX, overlapY } from '../../box';
import { classifyImages, DOUBTFUL } from '../../reading';
import { darkBox, toDigit } from '../digits/toDigit';
import { crop, transpose } from '../plane';
import type { PieceSource } from '../readPieces';
import { weightedMedian } from '../statistics';
import { type Component, findComponents } from './components';
import { between, type Cut, proposeCuts } from './cuts';
import { type CutOut, cutOut } from './softInk';

/** Digits of two rows that touch are at least so high, and not higher or wider, by the usual height of ink. */
const MIN_HEIGHT = 1.4;
const MAX_HEIGHT = 4.5;
const MAX_WIDTH = 3;

/** On ruled paper also what is so high by its own width, where the usual height is not that of one digit. */
const MIN_ASPECT = 1.6;

/** A part is at least so high, by the usual height. */
const MIN_PART_HEIGHT = 0.6;

/** Parts are read at least so surely; where the whole is read surely too, they must be surer. */
const MIN_CONFIDENCE = 0.8;
const MIN_CONFIDENCE_OF_SURE = 0.95;

/** What stands beside a part: how far away, by the usual height; the share of the height that both have, and how alike they are. */
const MAX_AWAY = 8;
const MIN_SHARED_HEIGHT = 0.6;
const MAX_RATIO = 1.6;

/** Of several cuts the one whose parts are surest, and alike in height: what a difference of all of it takes from the confidence. */
const UNLIKE_COST = 0.5;

/**
 * Separate digits of one row that touch those of the next: what is as high as two rows is cut across where both parts are
 * read surely, and stand in rows of other ink or on ruled paper.
 *
 * @param source its labels are changed in place.
 */
export function separateRows(source: PieceSource): PieceSource {
  const usual = weightedMedian(source.components.map(({ height }) => ({ value: height, weight: height }))) ?? 0;
  const components = [...source.components];
  const waiting = components.filter((one) => mayBeRows(one, usual, source.ruled !== null));
  const others = components.filter((one) => !waiting.includes(one));
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const cut = chooseCut(one, usual, others, source);
    if (cut === null) continue;
    components[one.label - 1] = { ...one, width: 0, height: 0, area: 0 };
    for (const part of relabel(one, cut, components.length, source)) {
      components.push(part);
      if (mayBeRows(part, usual, false)) waiting.push(part);
      else others.push(part);
    }
  }
  return { ...source, components: components.filter(({ area }) => area > 0) };
}

function mayBeRows({ width, height }: Component, usual: number, ruled: boolean): boolean {
  if (height > MAX_HEIGHT * usual || width > MAX_WIDTH * usual) return false;
  return height >= MIN_HEIGHT * usual || (ruled && height >= usual && height >= MIN_ASPECT * width);
}

/** Where a cut goes: for each column of the ink the first row below it. */
interface Across {
  readonly ink: CutOut;
  readonly rows: Cut;
}

/** The cut whose parts are read most surely; null where none is better than the whole. */
function chooseCut(
  one: Component,
  usual: number,
  others: readonly Component[],
  source: PieceSource,
): Across | null {
  const slope = source.ruled ?? 0;
  const ink = cutOut({ ...one, labels: [one.label] }, source);
  const turned = transpose(ink);
  const ways = proposeCuts(turned, true).flatMap((rows) => {
    const parts = [between(turned, null, rows), between(turned, rows, null)].map(transpose);
    const boxes = parts.map((part) => darkBox(part));
    const places = boxes.flatMap((box) => {
      if (box === null || box.height * ink.factor < MIN_PART_HEIGHT * usual) return [];
      return [{ x: ink.x + box.x * ink.factor, y: ink.y + box.y * ink.factor, width: box.width * ink.factor, height: box.height * ink.factor }];
    });
    if (places.length < 2) return [];
    const [above, below] = places.map(({ height }) => height) as [number, number];
    const unlike = Math.abs(above - below) / (above + below);
    const inRows = places.every((place) => others.some((other) => isBeside(other, place, slope, usual)));
    if (!inRows && source.ruled === null) return [];
    return [{ rows, inRows, unlike, images: parts.map((part) => toDigit(part, slope)) }];
  });
  if (ways.length === 0) return null;
  const images = [toDigit(ink, slope), ...ways.flatMap((way) => way.images)];
  const [whole, ...sure] = classifyImages(images, source.classify).map((each) => Math.max(...each)) as [number, ...number[]];
  let best: { rows: Cut; score: number } | null = null;
  for (const [i, { rows, inRows, unlike }] of ways.entries()) {
    const least = Math.min(sure[2 * i] as number, sure[2 * i + 1] as number);
    if (whole > DOUBTFUL && (!inRows || one.height < MIN_HEIGHT * usual)) continue;
    if (least < (whole > DOUBTFUL ? MIN_CONFIDENCE_OF_SURE : MIN_CONFIDENCE)) continue;
    const score = least - UNLIKE_COST * unlike;
    if (best === null || score > best.score) best = { rows, score };
  }
  return best && { ink, rows: best.rows };
}

/** Whether other ink stands in one row with a part. */
function isBeside(
  other: Component,
  place: { x: number; y: number; width: number; height: number },
  slope: number,
  usual: number,
): boolean {
  const away = middleX(place) - middleX(other);
  if (Math.abs(away) > MAX_AWAY * usual) return false;
  const ratio = other.height / place.height;
  if (Math.max(ratio, 1 / ratio) > MAX_RATIO) return false;
  const level = { ...other, y: other.y + slope * away };
  return overlapY(level, place) >= MIN_SHARED_HEIGHT * Math.max(other.height, place.height);
}

/** Give both sides of a cut labels of their own, after `last`. */
function relabel(
  one: Component,
  { ink, rows }: Across,
  last: number,
  { levels, labels, background, lowThreshold, highThreshold }: PieceSource,
): Component[] {
  const found: Component[] = [];
  const own = crop(labels, one).data;
  for (const upper of [true, false]) {
    const side = crop(levels, one);
    for (let v = 0, i = 0; v < one.height; v++) {
      for (let u = 0; u < one.width; u++, i++) {
        const row = rows[Math.floor((one.x + u - ink.x) / ink.factor)] as number;
        const isUpper = Math.floor((one.y + v - ink.y) / ink.factor) < row;
        if (own[i] !== one.label || isUpper !== upper) side.data[i] = background;
      }
    }
    const parts = findComponents(side, lowThreshold, highThreshold);
    const first = last + found.length;
    for (let v = 0, i = 0; v < one.height; v++) {
      for (let u = 0, to = (one.y + v) * labels.width + one.x; u < one.width; u++, i++, to++) {
        const label = parts.labels.data[i] as number;
        if (label > 0) labels.data[to] = first + label;
      }
    }
    for (const part of parts.components) {
      found.push({ ...part, x: one.x + part.x, y: one.y + part.y, label: first + part.label });
    }
  }
  return found;
}
