import type { Point } from '../ink';
import { Eraser } from './eraser';
import type { Sheet } from './inkHistory';
import { checkResolution } from './onSize';
import { penWidth } from './padView';
import { Presses } from './presses';
import { type LiveStroke, type PenDown, type Sample, StrokeRecorder } from './strokeRecorder';

/** What pointers do to a pad, and what they ask of it. */
interface Surroundings {
  /** The finished strokes. */
  readonly sheet: () => Sheet;
  /** CSS pixels of a pad unit. */
  readonly unit: () => number;
  /** The pad's height in CSS pixels. */
  readonly height: () => number;
  /** Whether a pointer that goes down there may draw. */
  readonly mayDraw: (event: PointerEvent) => boolean;
  /** A gesture begins. */
  readonly onBegin: () => void;
  readonly onStroke: (stroke: LiveStroke) => void;
  /** What was being drawn or erased has changed. */
  readonly onChange: () => void;
  /** Erasing is over, with what is left; null if nothing was erased. */
  readonly onErased: (left: Sheet | null) => void;
  /** So many fingers tapped together: two or more. */
  readonly onTap: (fingers: number) => void;
}

/** Turns the pointer events of a pad into strokes, erasing, taps and presses of buttons that lie on it. */
export class PenInput {
  /** Where the browser expects the pointers of live strokes next. */
  readonly predicted = new Map<LiveStroke, readonly Point[]>();
  readonly #pad: HTMLElement;
  readonly #surface: HTMLElement;
  readonly #around: Surroundings;
  readonly #presses: Presses;
  readonly #recorder: StrokeRecorder;
  #eraser: Eraser | null = null;
  /** Where the pad is on the screen: read once a stroke, because reading it may cost a layout. */
  #corner: Point = [0, 0];

  /** @param surface inside `pad`: what is drawn on. */
  constructor(pad: HTMLElement, surface: HTMLElement, around: Surroundings) {
    this.#pad = pad;
    this.#surface = surface;
    this.#around = around;
    this.#presses = new Presses(pad);
    this.#recorder = new StrokeRecorder({
      onStroke: around.onStroke,
      onTap: around.onTap,
      holdsPenInk: () => around.sheet().some(({ byPen }) => byPen),
    });
    pad.addEventListener('pointerdown', this.#onDown);
    pad.addEventListener('pointermove', this.#onMove);
    pad.addEventListener('pointerup', this.#onEnd);
    pad.addEventListener('lostpointercapture', this.#onEnd);
    pad.addEventListener('pointercancel', this.#onCancel);
    // iOS Safari starts its magnifier and its text selection from touch events, whatever pointer events say. Elsewhere
    // this would take the pinch, too.
    if ('GestureEvent' in globalThis) surface.addEventListener('touchstart', this.#onTouch, { passive: false });
    surface.addEventListener('mousedown', (event) => {
      if (!this.#presses.buttonOf(event)) event.preventDefault(); // a stroke that leaves the pad selects no text
    });
    surface.addEventListener('contextmenu', (event) => event.preventDefault()); // a long press or a pen's button
  }

  /** The strokes that are being drawn, as far as they are ink. */
  get live(): readonly LiveStroke[] {
    return this.#recorder.live;
  }

  /** Whether a stroke is being drawn or erased. */
  get active(): boolean {
    return this.live.length > 0 || this.#eraser !== null;
  }

  /** What erasing has left so far; null if nothing is being erased. */
  get left(): Sheet | null {
    return this.#eraser?.left ?? null;
  }

  /** Keep the strokes that are being drawn as they are. */
  finish(): void {
    this.#recorder.finish();
  }

  /** Forget what is being drawn or erased. */
  drop(): void {
    this.#recorder.drop();
    this.#eraser = null;
  }

  readonly #onTouch = (event: TouchEvent): void => {
    if (event.touches.length === 1 && !this.#presses.buttonOf(event)) event.preventDefault();
  };

  readonly #onDown = (event: PointerEvent): void => {
    const { pointerId: id, pointerType: kind, isPrimary: primary } = event;
    const erases = kind === 'pen' && (event.button === 5 || (event.buttons & 32) !== 0);
    if (!erases && (event.button !== 0 || (kind === 'pen' && (event.buttons & 2) !== 0))) return;
    if (!this.#around.mayDraw(event)) return;
    if (this.#eraser) {
      if (!primary || kind !== 'pen') return;
      this.#endErasing(true); // its end was missed
    }
    if (!this.active) this.#begin();
    const pointer: PenDown = { id, kind, primary, unit: this.#around.unit() };
    const sample = this.#sample(event);
    const button = this.#presses.buttonOf(event);
    if (erases) {
      this.#recorder.seePen(event.timeStamp);
      this.#recorder.drop();
      this.#eraser = new Eraser(id, this.#around.sheet(), penWidth(this.#around.height()) / 2);
      this.#eraser.move([sample.point]);
    } else if (button) this.#presses.begin(button, pointer, sample);
    else if (!this.#recorder.begin(pointer, sample)) return;
    try {
      this.#pad.setPointerCapture(id); // a stroke may leave the pad and come back
    } catch {
      this.#onEnd(event); // the pointer is already gone; it drew a dot
    }
    if (!button) this.#around.onChange();
  };

  readonly #onMove = (event: PointerEvent): void => {
    const { pointerId: id, pointerType: kind } = event;
    if (kind === 'pen') this.#recorder.seePen(event.timeStamp);
    // Screens report a pointer more often than they repaint; Safari may leave the list empty.
    const coalesced = event.getCoalescedEvents?.() ?? [];
    const samples = (coalesced.length > 0 ? coalesced : [event]).map((one) => this.#sample(one));
    const pressed = this.#presses.extend(id, samples);
    if (this.#eraser?.id === id) {
      if (this.#eraser.move(samples.map(({ point }) => point))) this.#around.onChange();
    } else if (pressed) {
      const [first, ...rest] = pressed.samples as [Sample, ...Sample[]];
      if (!this.#recorder.begin(pressed.pointer, first)) return;
      this.#recorder.extend(id, rest);
      this.#around.onChange();
    } else if (this.#recorder.extend(id, samples)) {
      this.#predict(event);
      this.#around.onChange();
    }
  };

  readonly #onEnd = (event: PointerEvent): void => {
    const { pointerId: id, timeStamp } = event;
    if (event.type === 'pointerup') this.#presses.end(id, timeStamp);
    else this.#presses.cancel(id);
    if (this.#eraser?.id === id) this.#endErasing(true);
    else if (this.#recorder.end(id, timeStamp)) this.#around.onChange();
  };

  readonly #onCancel = (event: PointerEvent): void => {
    this.#presses.cancel(event.pointerId);
    if (this.#eraser?.id === event.pointerId) this.#endErasing(false);
    else if (this.#recorder.cancel(event.pointerId)) this.#around.onChange();
  };

  #begin(): void {
    const { left, top } = this.#surface.getBoundingClientRect();
    this.#corner = [left, top];
    this.#around.onBegin();
    checkResolution();
  }

  #endErasing(keep: boolean): void {
    const left = this.#eraser?.left ?? [];
    this.#eraser = null;
    const isSame = left.length === this.#around.sheet().length;
    this.#around.onErased(isSame || !keep ? null : left);
  }

  #sample({ clientX, clientY, pressure, timeStamp }: PointerEvent): Sample {
    const [left, top] = this.#corner;
    const unit = this.#around.unit();
    return { point: [(clientX - left) / unit, (clientY - top) / unit], pressure, time: timeStamp };
  }

  #predict(event: PointerEvent): void {
    const [stroke] = this.live;
    if (!stroke || this.live.length > 1) return;
    this.predicted.set(stroke, event.getPredictedEvents?.().map((one) => this.#sample(one).point) ?? []);
  }
}
