import type { Ink, Stroke } from '../ink';
import type { DigitCandidate, DigitCandidates } from './candidate';
import { describe, group, MAX_SPAN, MAX_WIDTH } from './groupPieces';
import { type MeasuredStroke, measureParts, measureStrokes } from './measureStrokes';
import { leftToRight, measureDistances, type RelatedPieces, relate } from './pieces';
import { strokeBreaks } from './strokeBreaks';

/** Ink of more strokes is not cut. */
const MAX_STROKES = 24;

/** A part of a stroke joins groups of at most so many members. */
const MAX_MEMBERS = 3;

/** Ink with more groups is not cut. */
const MAX_GROUPS = 1000;

/** The longest line that only connects two digits, in line heights. */
const MAX_CONNECTOR = 1.2;

/**
 * What may be a digit where strokes go on from one digit into the next: all that `digitCandidates` finds, groups that hold
 * a part of a stroke instead of the whole, and lines that only connect two digits.
 *
 * The pieces of its lattice are the strokes that are not cut, and the shortest parts of the others.
 *
 * @param mayCut places in the ink of the strokes that may be cut.
 * @returns null where no stroke can be cut, or where there would be too many groups.
 * @throws TypeError where a point is not a pair of finite numbers.
 */
export function cutCandidates(ink: Ink, mayCut: readonly number[]): DigitCandidates | null {
  const { strokes, height: unit } = measureStrokes(ink);
  if (unit === 0 || strokes.length > MAX_STROKES) return null;
  const parts = strokes
    .filter(({ index }) => mayCut.includes(index))
    .flatMap(({ index }) => {
      const stroke = ink[index] as Stroke;
      return measureParts(index, stroke, strokeBreaks(stroke, unit), unit);
    });
  if (parts.length === 0) return null;
  const pieces = latticePieces(strokes, parts);
  const members = [...strokes, ...parts.filter(({ box }) => box.width <= MAX_WIDTH * unit)];
  const related = relate(
    members.map((stroke) => ({ strokes: [stroke], box: stroke.box })),
    measureDistances(members, unit),
    unit,
  );
  const groups = groupParts(related);
  if (groups === null) return null;
  const candidates = groups
    .map((places) => describeGroup(places, related, pieces, ink))
    .filter(({ pieces: own }, i) => i === 0 || (own.at(-1) as number) - (own[0] as number) <= MAX_SPAN);
  return { pieces: pieces.length, candidates: [...candidates, ...connectors(pieces, ink)] };
}

/** Strokes that are not cut, and parts without a break inside, from left to right. */
function latticePieces(strokes: readonly MeasuredStroke[], parts: readonly MeasuredStroke[]): MeasuredStroke[] {
  const whole = strokes.filter(({ index }) => parts.every((part) => part.index !== index));
  const shortest = parts.filter((part) => parts.every((other) => other === part || !covers(part, other)));
  return [...whole, ...shortest].sort(leftToRight);
}

/** Whether a stroke or part holds all of another. */
function covers(one: MeasuredStroke, other: MeasuredStroke): boolean {
  const [first, last] = one.part ?? [0, Infinity];
  const [otherFirst, otherLast] = other.part ?? [0, Infinity];
  return one.index === other.index && first <= otherFirst && otherLast <= last;
}

/** Groups of strokes and parts, by their places; the first one is all strokes. A stroke is in a group only once. */
function groupParts(related: RelatedPieces): number[][] | null {
  const at = (place: number) => strokeAt(related, place);
  const isExcluded = (members: readonly number[], next: number) =>
    members.some((member) => at(member).index === at(next).index) ||
    (members.length === MAX_MEMBERS && [...members, next].some((member) => at(member).part));
  const groups = group(related, isExcluded, MAX_GROUPS);
  if (groups === null) return null;
  const all = [...related.pieces.keys()].filter((place) => !at(place).part);
  const isAll = (members: number[]) => members.length === all.length && members.every((member) => !at(member).part);
  return [all, ...groups.filter((members) => !isAll(members))];
}

/** Describe a group of strokes and parts as a candidate over the lattice's pieces. */
function describeGroup(
  members: readonly number[],
  related: RelatedPieces,
  pieces: readonly MeasuredStroke[],
  ink: Ink,
): DigitCandidate {
  const own = members.map((member) => strokeAt(related, member));
  const ofOtherStroke = (place: number) => {
    const { index, part } = strokeAt(related, place);
    return !part && own.every((one) => one.index !== index);
  };
  const described = describe(members, related, ofOtherStroke);
  const lastPoint = (stroke: number) => (ink[stroke] as Stroke).length - 1;
  const parts = described.strokes.map((stroke) => {
    return own.find(({ index }) => index === stroke)?.part ?? ([0, lastPoint(stroke)] as const);
  });
  const cuts = described.strokes.reduce((sum, stroke, i) => {
    const [first, last] = parts[i] as (typeof parts)[0];
    return sum + Number(first > 0) + Number(last < lastPoint(stroke));
  }, 0);
  const covered = [...pieces.keys()].filter((i) => own.some((one) => covers(one, pieces[i] as MeasuredStroke)));
  return { ...described, pieces: covered, ...(cuts > 0 && { parts, cuts }) };
}

/** Short parts between two cuts, as lines that only connect two digits. */
function connectors(pieces: readonly MeasuredStroke[], ink: Ink): DigitCandidate[] {
  return pieces.flatMap(({ index, box, part, trace }, place) => {
    if (!part || part[0] === 0 || part[1] === (ink[index] as Stroke).length - 1) return [];
    const connectorLength = traceLength(trace);
    if (connectorLength > MAX_CONNECTOR) return [];
    const geometry = { width: 0, height: 0, longestPenLift: 0, sideBySide: 0, overlapWithOthers: 0, interruptions: 0 };
    return [{ strokes: [index], pieces: [place], parts: [part], connectorLength, box, count: 0, ...geometry }];
  });
}

function traceLength(trace: Float64Array): number {
  let length = 0;
  for (let i = 2; i < trace.length; i += 2) {
    const across = (trace[i] as number) - (trace[i - 2] as number);
    const down = (trace[i + 1] as number) - (trace[i - 1] as number);
    length += Math.hypot(across, down);
  }
  return length;
}

/** The stroke, or part of one, at a place among the related pieces: here each holds only one. */
function strokeAt({ pieces }: RelatedPieces, place: number): MeasuredStroke {
  return pieces[place]?.strokes[0] as MeasuredStroke;
}
