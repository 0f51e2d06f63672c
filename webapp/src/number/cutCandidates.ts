import type { Ink, Stroke } from '../ink/ink';
import type { DigitCandidate, DigitCandidates } from './candidate';
import { describe, group, SPAN, WIDEST } from './groupPieces';
import { type MeasuredStroke, measureParts, measureStrokes } from './measureStrokes';
import { distances, middle, type Piece, relate } from './pieces';
import { strokeBreaks } from './strokeBreaks';

/** Ink of more strokes is not cut. */
const MOST_STROKES = 24;

/** A part of a stroke is a digit with at most so many others; ink with more groups in all is not cut. */
const MOST_TOGETHER = 3;
const MOST_GROUPS = 1000;

/** In line heights: a line that only joins two digits is not longer. */
const LONGEST_JOINT = 1.2;

/**
 * What may be a digit where strokes go on from one digit into the next: all that `digitCandidates` finds, and groups that
 * hold a part of a stroke instead of the whole, and lines that only join two digits.
 *
 * @param mayCut which strokes of the ink may be cut, by their places.
 * @returns null where no stroke may be cut, or where there would be too many.
 * @throws TypeError where a point is no pair of finite numbers.
 */
export function cutCandidates(ink: Ink, mayCut: readonly number[]): DigitCandidates | null {
  const { strokes, height: unit } = measureStrokes(ink);
  if (unit === 0 || strokes.length > MOST_STROKES) return null;
  const pointsOf = ({ index }: MeasuredStroke) => ink[index] as Stroke;
  const parts = strokes
    .filter(({ index }) => mayCut.includes(index))
    .flatMap((stroke) => measureParts(stroke, pointsOf(stroke), strokeBreaks(pointsOf(stroke), unit), unit));
  if (parts.length === 0) return null;

  // The lattice's pieces: strokes that are not cut, and what lies between two breaks of the others.
  const cutStrokes = new Set(parts.map(({ index }) => index));
  const isPiece = (one: MeasuredStroke): boolean => {
    if (!one.part) return !cutStrokes.has(one.index);
    const [first, last] = one.part;
    return !parts.some(({ index, part: [from, to] = [0, 0] }) => {
      return index === one.index && from >= first && to <= last && to - from < last - first;
    });
  };
  const measured = [...strokes, ...parts];
  const elements = measured.filter(isPiece).sort((one, other) => middle(one.box) - middle(other.box));
  const elementsOf = ({ index, part: [first, last] = [0, Infinity] }: MeasuredStroke): number[] =>
    [...elements.keys()].filter((i) => {
      const { index: own, part: [from, to] = [0, 0] } = elements[i] as MeasuredStroke;
      return own === index && from >= first && to <= last;
    });

  const pieces: Piece[] = [...measured.entries()]
    .filter(([, { box, part }]) => !part || box.width <= WIDEST * unit)
    .map(([place, { box }]) => ({ strokes: [place], box }))
    .sort((one, other) => middle(one.box) - middle(other.box));
  const of = (place: number) => measured[pieces[place]?.strokes[0] as number] as MeasuredStroke;
  const pairs = relate(pieces, distances(measured, unit), unit);
  const exclude = (members: readonly number[], next: number) =>
    members.some((one) => of(one).index === of(next).index) ||
    (members.length === MOST_TOGETHER && [...members, next].some((one) => of(one).part));
  const groups = group(pieces, pairs, unit, exclude, MOST_GROUPS);
  if (groups === null) return null;

  const describeGroup = (members: readonly number[]): DigitCandidate => {
    const inks = new Set(members.map((member) => of(member).index));
    const isOther = (place: number) => !of(place).part && !inks.has(of(place).index);
    const found = describe(members, pieces, measured, pairs, unit, isOther);
    const ranges = found.strokes.map((stroke) => {
      const own = members.map(of).find(({ index }) => index === stroke) as MeasuredStroke;
      return own.part ?? ([0, (ink[stroke] as Stroke).length - 1] as const);
    });
    const cuts = ranges.reduce(
      (sum, [first, last], i) =>
        sum + Number(first > 0) + Number(last < (ink[found.strokes[i] as number] as Stroke).length - 1),
      0,
    );
    const own = members.flatMap((member) => elementsOf(of(member))).sort((one, other) => one - other);
    return { ...found, pieces: own, ...(cuts > 0 && { parts: ranges, cuts }) };
  };
  const whole = [...pieces.keys()].filter((place) => !of(place).part);
  const candidates = [
    whole,
    ...groups.filter((members) => members.length !== whole.length || members.some((m) => of(m).part)),
  ]
    .map(describeGroup)
    .filter(({ pieces: own }, i) => i === 0 || (own.at(-1) as number) - (own[0] as number) <= SPAN);
  return { pieces: elements.length, candidates: [...candidates, ...joints()] };

  function joints(): DigitCandidate[] {
    return [...elements.entries()].flatMap(([place, { index, box, part, trace }]) => {
      if (!part || part[0] === 0 || part[1] === (ink[index] as Stroke).length - 1) return [];
      let joint = 0;
      for (let i = 2; i < trace.length; i += 2) {
        joint += Math.hypot(
          (trace[i] as number) - (trace[i - 2] as number),
          (trace[i + 1] as number) - (trace[i - 1] as number),
        );
      }
      if (joint > LONGEST_JOINT) return [];
      const none = { width: 0, height: 0, reach: 0, apart: 0, swallowed: 0, interruptions: 0, count: 0 };
      return [{ strokes: [index], pieces: [place], parts: [part], joint, box, ...none }];
    });
  }
}
