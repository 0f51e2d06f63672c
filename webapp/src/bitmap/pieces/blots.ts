import { weightedMedian } from '../statistics';
import type { Component } from './components';

/** A blot is so many times as thick as all other ink, fills so much of its box, and is so much larger. */
const MIN_THICKNESS = 2.5;
const MIN_FILLED = 0.35;
const MIN_SIZE = 1.15;

/** The writing beside a blot is so high, all its pieces together, as a share of the blot's size: a digit has specks beside it. */
const MIN_WRITTEN = 0.6;

/** An edge is so long beside other ink, and as thin as this share of its length; its box is no wider than that one. */
const MIN_LENGTH = 2.2;
const MAX_THIN = 0.06;
const MAX_BOX = 0.25;

/** The ink beside it that counts is at least so high, as a share of its size: no specks, no parts of a broken digit. */
const MIN_OTHERS = 0.2;

/** What is so much larger than at least so many others does not tell how high digits are. */
const LARGE = 2.6;
const MIN_COUNT = 3;

/** A bracket is narrower than this share of its height, and so much higher than what is wider; that counts from this share on. */
const MAX_NARROW = 0.5;
const TALL = [1.2, 1.9] as const;
const MIN_SHARE_OF_WIDE = 0.25;

/** Leave out what is no writing beside writing: a coin, a pen or a shadow, much thicker than the rest, and a long edge. */
export function withoutBlots(components: readonly Component[]): readonly Component[] {
  return withoutLargest(components, (largest, others) => {
    const thick = weightedMedian(others.map((one) => ({ value: thickness(one), weight: one.height }))) ?? 0;
    const ratio = size(largest) / usualHeight(others);
    const filled = largest.area > MIN_FILLED * largest.width * largest.height;
    const isBlot = filled && thickness(largest) > MIN_THICKNESS * thick && ratio > MIN_SIZE;
    const isWritten = sumOfHeights(others) > MIN_WRITTEN * size(largest);
    const thin = Math.min(largest.width, largest.height) < MAX_BOX * size(largest);
    return (isBlot && isWritten) || (thin && ratio > MIN_LENGTH && thickness(largest) < MAX_THIN * size(largest));
  });
}

/** What tells how high digits are: without what is much larger than the rest, and without brackets. */
export function ofUsualHeight(components: readonly Component[]): readonly Component[] {
  const usual = withoutLargest(components, (largest, others) => {
    return others.length >= MIN_COUNT && size(largest) > LARGE * usualHeight(others);
  });
  return withoutBrackets(usual);
}

function withoutBrackets(components: readonly Component[]): readonly Component[] {
  const isWide = ({ width, height }: Component) => width >= MAX_NARROW * height;
  const wide = components.filter((one) => isWide(one) && one.height >= MAX_NARROW * one.width);
  if (sumOfHeights(wide) < MIN_SHARE_OF_WIDE * sumOfHeights(components)) return components;
  const usual = usualHeight(wide);
  const isBracket = (one: Component) => !isWide(one) && one.height > TALL[0] * usual && one.height < TALL[1] * usual;
  return components.filter((one) => !isBracket(one));
}

function sumOfHeights(components: readonly Component[]): number {
  return components.reduce((sum, { height }) => sum + height, 0);
}

/** Leave out the largest one, again and again, while `isStranger` says so of it and of all others that are no specks. */
function withoutLargest(
  components: readonly Component[],
  isStranger: (largest: Component, others: readonly Component[]) => boolean,
): readonly Component[] {
  const sorted = [...components].sort((a, b) => size(b) - size(a));
  let first = 0;
  for (; first < sorted.length - 1; first++) {
    const largest = sorted[first] as Component;
    const end = sorted.findIndex((one) => size(one) < MIN_OTHERS * size(largest));
    const others = sorted
      .slice(first + 1, end < 0 ? undefined : end)
      .filter((one) => one.height >= MIN_OTHERS * size(largest));
    if (others.length === 0 || !isStranger(largest, others)) break;
  }
  return sorted.slice(first);
}

function usualHeight(components: readonly Component[]): number {
  return weightedMedian(components.map(({ height }) => ({ value: height, weight: height }))) as number;
}

function size({ width, height }: Component): number {
  return Math.max(width, height);
}

/** About the width of strokes: a line's own; of a disc 0.4 of its height. */
function thickness({ area, width, height }: Component): number {
  return area / (width + height);
}
