import { type Box, middleX, overlapY } from '../../box';
import { classifyImages, DOUBTFUL } from '../../reading';
import { darkBox, toDigit } from '../digits/toDigit';
import { crop, transpose } from '../plane';
import { boxInPicture, type PieceSource } from '../readPieces';
import { timesLarger, weightedMedian } from '../statistics';
import { type Component, findComponents } from './components';
import { between, type Cut, proposeCuts } from './cuts';
import { type CutOut, cutOut } from './softInk';

/** Digits of two rows that touch are at least so high, and not higher or wider, by the usual height of ink. */
const MIN_HEIGHT = 1.4;
const MAX_HEIGHT = 4.5;
const MAX_WIDTH = 3;

/** On ruled paper also what is so high by its own width, where the usual height is not that of one digit. */
const MIN_ASPECT = 1.6;

/** A part is so high, by the usual height. */
const MIN_PART_HEIGHT = 0.6;
const MAX_PART_HEIGHT = 1.8;

/** Cuts are tried all over the height: where the arcs of two digits touch, one crosses more ink than within a digit. */
const LIMITS = { maxCuts: 40, maxInk: 0.6 };

/** From this height on, by the usual one, there may be a row between the first and the last. */
const MIN_HEIGHT_OF_THREE = 2.3;

/** Parts are read at least so surely; where the whole is read surely too, they must be surer. */
const MIN_CONFIDENCE = 0.8;
const MIN_CONFIDENCE_OF_SURE = 0.95;

/** What stands beside a part: how far away, by the usual height; the share of the height that both have, and how alike they are. */
const MAX_AWAY = 8;
const MIN_SHARED_HEIGHT = 0.6;
const MAX_RATIO = 1.6;

/** What a part costs beside its doubt, as a logarithm: each, and one of twice or half the usual height. */
const PART_COST = 0.1;
const UNLIKE_COST = 0.4;

/** Where more of the ink is so high it is not digits that touch by chance, and reading all of its parts takes long. */
const MAX_TALL = 24;

/**
 * Separate digits of one row that touch those of the next: what is as high as two rows is cut across where both parts are
 * read surely. Only on ruled paper.
 *
 * @param source its labels are changed in place.
 */
export function separateRows(source: PieceSource): PieceSource {
  // Off ruled paper signs are as high; in boxes each digit stands alone.
  if (source.ruled === null || source.rows.length > 0) return source;
  const usual = weightedMedian(source.components.map(({ height }) => ({ value: height, weight: height }))) ?? 0;
  const components = [...source.components];
  const tall = components.filter((one) => mayBeRows(one, usual));
  const others = components.filter((one) => !mayBeRows(one, usual));
  const replaced = new Set<Component>();
  if (tall.length > MAX_TALL) return source;
  for (const one of tall) {
    const across = chooseCuts(one, usual, others, source);
    if (across === null) continue;
    const parts = relabel(one, across, components.length, source);
    components.push(...parts);
    others.push(...parts);
    replaced.add(one);
  }
  return replaced.size === 0 ? source : { ...source, components: components.filter((one) => !replaced.has(one)) };
}

function mayBeRows({ width, height }: Component, usual: number): boolean {
  if (height > MAX_HEIGHT * usual || width > MAX_WIDTH * usual) return false;
  return height >= MIN_HEIGHT * usual || (height >= usual && height >= MIN_ASPECT * width);
}

/** Cuts across ink, from top to bottom: for each of its columns the first row below. */
interface Across {
  readonly ink: CutOut;
  readonly cuts: readonly Cut[];
}

/** A part between two cuts; 0 and the number of cuts plus one are the ends. */
interface RowPart {
  readonly from: number;
  readonly to: number;
  readonly place: Box;
  readonly image: Float32Array;
  /** Whether other ink stands in its row. */
  readonly inRow: boolean;
}

/** The cuts whose parts are read most surely; null where none are better than the whole. */
function chooseCuts(one: Component, usual: number, others: readonly Component[], source: PieceSource): Across | null {
  const slope = source.ruled ?? 0;
  const rowHeight = one.height < MIN_HEIGHT * usual ? one.height / 2 : usual;
  const ink = cutOut({ ...one, labels: [one.label] }, source);
  const turned = transpose(ink);
  const cuts = proposeCuts(turned, true, LIMITS);
  const part = (from: number, to: number): RowPart[] => {
    const own = transpose(between(turned, cuts[from - 1] ?? null, cuts[to - 1] ?? null));
    const box = darkBox(own);
    if (box === null) return [];
    const place = boxInPicture(ink, box);
    if (place.height < MIN_PART_HEIGHT * rowHeight || place.height > MAX_PART_HEIGHT * rowHeight) return [];
    const inRow = others.some((other) => isBeside(other, place, slope, usual));
    return [{ from, to, place, image: toDigit(own, slope), inRow }];
  };
  const parts: RowPart[] = [];
  for (let from = 0; from <= cuts.length; from++) {
    for (let to = from + 1; to <= cuts.length + 1; to++) {
      const isEnd = from === 0 || to > cuts.length;
      const isPart = isEnd ? from > 0 || to <= cuts.length : one.height >= MIN_HEIGHT_OF_THREE * rowHeight;
      if (isPart) parts.push(...part(from, to));
    }
  }
  if (!parts.some(({ from }) => from === 0) || !parts.some(({ to }) => to > cuts.length)) return null;
  const images = [toDigit(ink, slope), ...parts.map(({ image }) => image)];
  const [whole, ...sure] = classifyImages(images, source.classify).map((each) => Math.max(...each)) as [
    number,
    ...number[],
  ];
  const isSure = whole > DOUBTFUL;
  if (isSure && one.height < MIN_HEIGHT * usual) return null;
  const good = parts.flatMap((each, i) => {
    const confidence = sure[i] as number;
    if (isSure ? confidence < MIN_CONFIDENCE_OF_SURE || !each.inRow : confidence < MIN_CONFIDENCE) return [];
    return [
      {
        ...each,
        cost: PART_COST - Math.log(confidence) + UNLIKE_COST * Math.abs(Math.log(each.place.height / rowHeight)),
      },
    ];
  });
  const way = cheapestWay(good, cuts.length + 1);
  return way && { ink, cuts: way.slice(0, -1).map(({ to }) => cuts[to - 1] as Cut) };
}

/** The way through parts from one end of the ink to the other that costs least; null where there is none. */
function cheapestWay<Kind extends { from: number; to: number; cost: number }>(
  parts: readonly Kind[],
  ends: number,
): readonly Kind[] | null {
  const best: ({ cost: number; parts: readonly Kind[] } | undefined)[] = [{ cost: 0, parts: [] }];
  for (let end = 1; end <= ends; end++) {
    for (const part of parts) {
      const before = part.to === end ? best[part.from] : undefined;
      if (before === undefined) continue;
      const cost = before.cost + part.cost;
      if (cost < (best[end]?.cost ?? Infinity)) best[end] = { cost, parts: [...before.parts, part] };
    }
  }
  return best[ends]?.parts ?? null;
}

/** Whether other ink stands in one row with a part. */
function isBeside(other: Component, place: Box, slope: number, usual: number): boolean {
  const away = middleX(place) - middleX(other);
  if (Math.abs(away) > MAX_AWAY * usual) return false;
  if (timesLarger(other.height, place.height) > MAX_RATIO) return false;
  const level = { ...other, y: other.y + slope * away };
  return overlapY(level, place) >= MIN_SHARED_HEIGHT * Math.max(other.height, place.height);
}

/** Give the ink between cuts labels of its own, after `last`. */
function relabel(
  one: Component,
  { ink, cuts }: Across,
  last: number,
  { levels, labels, background, lowThreshold, highThreshold }: PieceSource,
): Component[] {
  const found: Component[] = [];
  const own = crop(labels, one).data;
  for (let side = 0; side <= cuts.length; side++) {
    const part = crop(levels, one);
    for (let v = 0, i = 0; v < one.height; v++) {
      const row = Math.floor((one.y + v - ink.y) / ink.factor);
      for (let u = 0; u < one.width; u++, i++) {
        const column = Math.floor((one.x + u - ink.x) / ink.factor);
        const isPart = row >= (cuts[side - 1]?.[column] ?? 0) && row < (cuts[side]?.[column] ?? Infinity);
        if (own[i] !== one.label || !isPart) part.data[i] = background;
      }
    }
    const { labels: partLabels, components } = findComponents(part, lowThreshold, highThreshold);
    const first = last + found.length;
    for (let v = 0, i = 0; v < one.height; v++) {
      for (let u = 0, to = (one.y + v) * labels.width + one.x; u < one.width; u++, i++, to++) {
        const label = partLabels.data[i] as number;
        if (label > 0) labels.data[to] = first + label;
      }
    }
    for (const { label, x, y, ...rest } of components) {
      found.push({ ...rest, label: first + label, x: one.x + x, y: one.y + y });
    }
  }
  return found;
}
