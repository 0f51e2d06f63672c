import type { Point } from '../ink';
import { MIDDLING_PRESSURE, pressureOfSpeed } from './penPressure';

/** A touch that moved no farther, in CSS pixels, did not move. */
export const STILL = 10;

/** Fingers that are down together for no longer, in milliseconds, tap. */
const TAP_MS = 350;

/** For so long after a pen was seen, in milliseconds, a touch is the hand that holds it. */
const PEN_REST_MS = 3000;

/** A pointer that touches down. */
export interface PenDown {
  readonly id: number;
  /** PointerEvent.pointerType. */
  readonly kind: string;
  /** PointerEvent.isPrimary: if a second pointer of a kind is primary, the end of the first was missed. */
  readonly primary: boolean;
  /** CSS pixels of a pad unit. */
  readonly unit: number;
}

/** Where a pointer was. */
export interface Sample {
  /** In pad units. */
  readonly point: Point;
  /** PointerEvent.pressure. */
  readonly pressure: number;
  /** In milliseconds. */
  readonly time: number;
}

/** A stroke that is being drawn: its points are added in place. */
export interface LiveStroke {
  readonly points: Point[];
  readonly pressures: number[];
  readonly byPen: boolean;
}

interface Drawing extends LiveStroke, PenDown {
  readonly readsPressure: boolean;
  lastTime: number;
  moved: boolean;
  /** Whether no other touch was down with it while it stood still. */
  alone: boolean;
  ended: boolean;
}

/** What the recorder reports, and asks. */
interface Surroundings {
  /** A stroke is complete. Those of several fingers come in the order in which they began. */
  onStroke(stroke: LiveStroke): void;
  /** So many fingers tapped together: two or more. */
  onTap(fingers: number): void;
  /** Whether the sheet holds strokes of a pen. */
  holdsPenInk(): boolean;
}

/**
 * Turns pointers into strokes.
 *
 * Touches draw beside each other, each its own stroke. One that stands still while another is down is a resting finger,
 * no ink; all of them brief and still are a tap. Mouse and pen draw alone.
 *
 * A pen replaces the touches that are being drawn: they were the resting hand. From then on touches don't draw as long as
 * the sheet holds a pen's strokes, nor in the three seconds after a pen was last seen, hovering or down: the palm may rest
 * and lift as it likes. Clear the sheet to draw with a finger again.
 */
export class StrokeRecorder {
  readonly #around: Surroundings;
  /** Strokes that are not reported yet, in the order in which they began. */
  #drawings: Drawing[] = [];
  /** Touches since a moment without any: when the first came, the most at one time, whether they may be a tap. */
  #touches = { since: 0, most: 0, still: false };
  #penSeen = -Infinity;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** The strokes that are being drawn, as far as they are ink. */
  get live(): readonly LiveStroke[] {
    return this.#drawings.filter(isInk);
  }

  /** A pen is near, or down. */
  seePen(time: number): void {
    this.#penSeen = time;
  }

  /** Start a stroke where a pointer touches down; return whether it draws. */
  begin(pointer: PenDown, sample: Sample): boolean {
    const { kind } = pointer;
    if (pointer.primary) this.#endMissed(kind, sample.time);
    const down = this.#drawings.filter(({ ended }) => !ended);
    if (kind === 'pen') {
      this.seePen(sample.time);
      this.#drawings = this.#drawings.filter((one) => one.kind !== 'touch');
      if (this.#drawings.length > 0) return false;
    } else if (kind === 'touch') {
      if (this.#around.holdsPenInk() || sample.time - this.#penSeen < PEN_REST_MS) return false;
      if (down.some((one) => one.kind !== 'touch')) return false;
      if (down.length === 0) this.#touches = { since: sample.time, most: 0, still: true };
      this.#touches.most = Math.max(this.#touches.most, down.length + 1);
      for (const other of down) other.alone = false;
    } else if (down.length > 0) return false;
    this.#drawings.push({
      ...pointer,
      points: [sample.point],
      pressures: [MIDDLING_PRESSURE],
      byPen: kind === 'pen',
      // Devices that can't feel pressure report a half for contact.
      readsPressure: kind === 'pen' && sample.pressure !== 0.5,
      lastTime: sample.time,
      moved: false,
      alone: kind !== 'touch' || down.length === 0,
      ended: false,
    });
    const begun = this.#drawings.at(-1) as Drawing;
    if (begun.readsPressure) begun.pressures[0] = sample.pressure;
    return true;
  }

  /** Extend the stroke without repeating points; return whether it grew. */
  extend(id: number, samples: readonly Sample[]): boolean {
    const drawing = this.#down(id);
    if (!drawing) return false;
    const before = drawing.points.length;
    for (const sample of samples) add(drawing, sample);
    if (drawing.moved && drawing.kind === 'touch') this.#touches.still = false;
    return drawing.points.length > before;
  }

  /** End the stroke and keep it; return whether the pointer drew. */
  end(id: number, time: number): boolean {
    const drawing = this.#down(id);
    if (!drawing) return false;
    drawing.ended = true;
    if (drawing.kind === 'pen') this.seePen(time);
    this.#report();
    if (drawing.kind === 'touch') this.#endTouches(time);
    return true;
  }

  /** The system took the pointer away: its stroke is no ink. Return whether it drew. */
  cancel(id: number): boolean {
    const drawing = this.#down(id);
    if (!drawing) return false;
    this.#drawings = this.#drawings.filter((one) => one !== drawing);
    this.#touches.still = false;
    this.#report();
    return true;
  }

  /** Forget the strokes that are being drawn. */
  drop(): void {
    this.#drawings = [];
  }

  /** Keep the strokes that are being drawn as they are. */
  finish(): void {
    for (const drawing of this.#drawings) drawing.ended = true;
    this.#report();
  }

  #down(id: number): Drawing | undefined {
    return this.#drawings.find((one) => one.id === id && !one.ended);
  }

  #endMissed(kind: string, time: number): void {
    this.#touches.still = false; // whatever it was, it was not brief
    for (const one of this.#drawings) if (one.kind === kind && !one.ended) this.end(one.id, time);
  }

  /** Report strokes up to the first that is still being drawn; a resting finger holds none up. */
  #report(): void {
    const open = this.#drawings.findIndex((one) => !one.ended && isInk(one));
    const before = open < 0 ? this.#drawings.length : open;
    const complete = this.#drawings.filter((one, i) => one.ended && i < before);
    this.#drawings = this.#drawings.filter((one, i) => !one.ended || i >= before);
    for (const one of complete) if (isInk(one)) this.#around.onStroke(one);
  }

  #endTouches(time: number): void {
    if (this.#drawings.some(({ ended }) => !ended)) return;
    const { since, most, still } = this.#touches;
    if (still && most > 1 && time - since <= TAP_MS) this.#around.onTap(most);
  }
}

/** Whether it is a stroke, as far as one can tell by now: not a finger that rests while another is down. */
function isInk({ moved, alone }: Drawing): boolean {
  return moved || alone;
}

function add(drawing: Drawing, { point, pressure, time }: Sample): void {
  const { points, pressures, unit } = drawing;
  const [first, last] = [points[0], points.at(-1)] as [Point, Point];
  if (point[0] === last[0] && point[1] === last[1]) return;
  const speedy = () =>
    pressureOfSpeed(pressures.at(-1) as number, distance(last, point) * unit, time - drawing.lastTime);
  pressures.push(drawing.readsPressure ? pressure : speedy());
  points.push(point);
  drawing.lastTime = time;
  drawing.moved ||= distance(first, point) * unit > STILL;
}

function distance([x, y]: Point, [otherX, otherY]: Point): number {
  return Math.hypot(otherX - x, otherY - y);
}
