import type { Box, Ink, Point } from '../ink';
import { Eraser } from './eraser';
import { type DrawnStroke, InkHistory, type Sheet, sheetOf } from './inkHistory';
import { InkLayers } from './inkLayers';
import { inkColour, onLook } from './look';
import { onSize } from './onSize';
import { penWidth, UNIT, viewScale } from './padView';
import { Presses } from './presses';
import { type LiveStroke, type PenDown, type Sample, StrokeRecorder } from './strokeRecorder';

/**
 * `<digit-pad>`: a sheet to draw on with mouse, fingers or pen. It keeps ink in pad units: 400 CSS pixels, y down, from
 * the top left corner, whatever the pad's size. If the pad becomes too small for its ink, the ink is shown smaller.
 *
 * Attribute `data-strokes`: the number of strokes. Events: `ink`, the ink has changed; `view`, the scale has. The ink has
 * the CSS `color`. Children of class `over` lie on the sheet: their buttons can be clicked, and drawn across.
 */
export class DigitPad extends HTMLElement {
  readonly #layers = new InkLayers();
  readonly #presses = new Presses(this);
  readonly #recorder = new StrokeRecorder({
    onStroke: (stroke) => this.#add(stroke),
    onTap: (fingers) => {
      if (fingers === 2) this.undo();
      if (fingers === 3) this.redo();
    },
    holdsPenInk: () => this.#history.sheet.some(({ byPen }) => byPen),
  });
  #eraser: Eraser | null = null;
  #history = InkHistory.EMPTY;
  #predicted = new Map<LiveStroke, readonly Point[]>();
  /** In CSS pixels. */
  #size: Point = [0, 0];
  #scale = 1;
  /** Where the pad is on the screen: read once a stroke, because reading it may cost a layout. */
  #corner: Point = [0, 0];
  #colour = '';
  #paintAsked = false;
  #checkResolution = () => {};

  /** All strokes in pad units, including those being drawn. */
  get ink(): Ink {
    return [...this.#sheet.map(({ points }) => points), ...this.#recorder.live.map(({ points }) => points.slice())];
  }

  /** Whether a stroke is being drawn or erased. */
  get drawing(): boolean {
    return this.#recorder.live.length > 0 || this.#eraser !== null;
  }

  get canUndo(): boolean {
    return this.#history.canUndo || this.drawing;
  }

  get canRedo(): boolean {
    return this.#history.canRedo;
  }

  /** All states of the sheet, for keeping. It never changes; a stroke that is being drawn is not in it. */
  get history(): InkHistory {
    return this.#history;
  }

  /** Say what the sheet is, to a screen reader. */
  set label(text: string) {
    this.#layers.finished.setAttribute('aria-label', text);
  }

  /** Go back to the state before; from a stroke that is being drawn, to that without it. */
  undo(): void {
    if (this.drawing) this.#go(this.#history);
    else if (this.canUndo) this.#go(this.#history.undo());
  }

  /** Go on to the state that was undone last. */
  redo(): void {
    if (this.canRedo || this.drawing) this.#go(this.#history.redo());
  }

  /** Remove all strokes. */
  clear(): void {
    this.restore([]);
  }

  /** Replace the ink by `ink`, in pad units. An empty sheet that stays empty is no new state. */
  restore(ink: Ink): void {
    const isEmpty = ink.length === 0 && this.#history.sheet.length === 0;
    this.#go(isEmpty ? this.#history : this.#history.add(sheetOf(ink)));
  }

  /** Go to the present state of another history. */
  restoreHistory(history: InkHistory): void {
    this.#go(history);
  }

  /** Replace strokes, given by their indices in the ink, by `rest`. */
  removeStrokes(strokes: readonly number[], rest: Ink): void {
    this.#recorder.finish();
    const kept = this.#history.sheet.filter((_, i) => !strokes.includes(i));
    this.#go(this.#history.add([...kept, ...sheetOf(rest)]));
  }

  /** Convert a box from pad units to CSS pixels from the pad's left and top, whatever the page's direction. */
  place({ x, y, width, height }: Box): Box {
    const unit = this.#unit;
    return { x: x * unit, y: y * unit, width: width * unit, height: height * unit };
  }

  connectedCallback(): void {
    adoptLook();
    this.style.touchAction = 'pinch-zoom'; // one finger draws and scrolls nothing; two zoom and move the page
    const { finished, live } = this.#layers;
    finished.setAttribute('role', 'img');
    live.setAttribute('aria-hidden', 'true');
    this.prepend(finished, live);
    this.dataset.strokes = String(this.ink.length);
    this.#checkResolution = onSize(finished, (size, pixels) => {
      this.#size = size;
      this.#layers.resize(size, pixels);
      if (!this.drawing) this.#fitView();
      this.#paint(); // at once: a new resolution erases the canvases
    });
    onLook(() => {
      this.#colour = '';
      this.#layers.forget();
      this.#paint();
    });
    this.addEventListener('pointerdown', this.#onDown);
    this.addEventListener('pointermove', this.#onMove);
    this.addEventListener('pointerup', this.#onEnd);
    this.addEventListener('lostpointercapture', this.#onEnd);
    this.addEventListener('pointercancel', this.#onCancel);
    // iOS Safari starts its magnifier and its text selection from touch events, whatever pointer events say. Elsewhere
    // this would take the pinch, too.
    if ('GestureEvent' in globalThis) this.addEventListener('touchstart', this.#onTouch, { passive: false });
    this.addEventListener('mousedown', (event) => {
      if (!this.#presses.buttonOf(event)) event.preventDefault(); // a stroke that leaves the pad selects no text
    });
    this.addEventListener('contextmenu', (event) => event.preventDefault()); // a long press or a pen's button
  }

  readonly #onTouch = (event: TouchEvent): void => {
    if (event.touches.length === 1 && !this.#presses.buttonOf(event)) event.preventDefault();
  };

  readonly #onDown = (event: PointerEvent): void => {
    const { pointerId: id, pointerType: kind, isPrimary: primary } = event;
    const erases = kind === 'pen' && (event.button === 5 || (event.buttons & 32) !== 0);
    if (!erases && (event.button !== 0 || (kind === 'pen' && (event.buttons & 2) !== 0))) return;
    if (this.#eraser) {
      if (!primary || kind !== 'pen') return;
      this.#endErasing(true); // its end was missed
    }
    if (!this.drawing) this.#startGesture();
    const pointer: PenDown = { id, kind, primary, unit: this.#unit };
    const sample = this.#sample(event);
    const button = this.#presses.buttonOf(event);
    if (erases) {
      this.#recorder.seePen(event.timeStamp);
      this.#recorder.drop();
      this.#eraser = new Eraser(id, this.#history.sheet, penWidth(this.#size[1]) / 2);
      this.#eraser.move([sample.point]);
    } else if (button) this.#presses.begin(button, pointer, sample);
    else if (!this.#recorder.begin(pointer, sample)) return;
    try {
      this.setPointerCapture(id); // a stroke may leave the pad and come back
    } catch {
      this.#onEnd(event); // the pointer is already gone; it drew a dot
    }
    if (!button) this.#changed();
  };

  readonly #onMove = (event: PointerEvent): void => {
    const { pointerId: id, pointerType: kind } = event;
    if (kind === 'pen') this.#recorder.seePen(event.timeStamp);
    // Screens report a pointer more often than they repaint; Safari may leave the list empty.
    const coalesced = event.getCoalescedEvents?.() ?? [];
    const samples = (coalesced.length > 0 ? coalesced : [event]).map((one) => this.#sample(one));
    const pressed = this.#presses.extend(id, samples);
    if (this.#eraser?.id === id) {
      if (this.#eraser.move(samples.map(({ point }) => point))) this.#changed();
    } else if (pressed) {
      const [first, ...rest] = pressed.samples as [Sample, ...Sample[]];
      if (!this.#recorder.begin(pressed.pointer, first)) return;
      this.#recorder.extend(id, rest);
      this.#changed();
    } else if (this.#recorder.extend(id, samples)) {
      this.#predict(event);
      this.#changed();
    }
  };

  readonly #onEnd = (event: PointerEvent): void => {
    const { pointerId: id, timeStamp } = event;
    if (event.type === 'pointerup') this.#presses.end(id, timeStamp);
    else this.#presses.cancel(id);
    if (this.#eraser?.id === id) this.#endErasing(true);
    else if (this.#recorder.end(id, timeStamp)) this.#changed();
  };

  readonly #onCancel = (event: PointerEvent): void => {
    this.#presses.cancel(event.pointerId);
    if (this.#eraser?.id === event.pointerId) this.#endErasing(false);
    else if (this.#recorder.cancel(event.pointerId)) this.#changed();
  };

  #endErasing(keep: boolean): void {
    const left = this.#eraser?.left ?? [];
    this.#eraser = null;
    const isSame = left.length === this.#history.sheet.length;
    this.#go(isSame || !keep ? this.#history : this.#history.add(left));
  }

  /** The strokes that are shown beside those being drawn. */
  get #sheet(): Sheet {
    return this.#eraser?.left ?? this.#history.sheet;
  }

  /** CSS pixels of a pad unit. */
  get #unit(): number {
    return UNIT * this.#scale;
  }

  #startGesture(): void {
    const { left, top } = this.#layers.finished.getBoundingClientRect();
    this.#corner = [left, top];
    this.#colour = '';
    this.#checkResolution();
  }

  #sample({ clientX, clientY, pressure, timeStamp }: PointerEvent): Sample {
    const [left, top] = this.#corner;
    return { point: [(clientX - left) / this.#unit, (clientY - top) / this.#unit], pressure, time: timeStamp };
  }

  #predict(event: PointerEvent): void {
    const [stroke] = this.#recorder.live;
    if (!stroke || this.#recorder.live.length > 1) return;
    this.#predicted.set(stroke, event.getPredictedEvents?.().map((one) => this.#sample(one).point) ?? []);
  }

  #add({ points, pressures, byPen }: LiveStroke): void {
    const [{ reach }] = sheetOf([points]) as [DrawnStroke];
    // What was drawn beyond the pad's edge need not come into view.
    const [right, bottom] = this.#size.map((length) => length / this.#unit) as [number, number];
    const inView = [Math.min(reach[0], right), Math.min(reach[1], bottom)] as const;
    const stroke: DrawnStroke = { points, pressures, reach: inView, ...(byPen && { byPen }) };
    this.#history = this.#history.add([...this.#history.sheet, stroke]);
  }

  /** Go to a history's present state; what is being drawn is dropped. */
  #go(history: InkHistory): void {
    this.#recorder.drop();
    this.#eraser = null;
    this.#history = history;
    this.#fitView();
    this.#changed();
  }

  #fitView(): void {
    const [width, height] = this.#size;
    if (width === 0 || height === 0) return;
    const scale = viewScale(this.#history.sheet, width, height, this.#scale);
    if (scale === this.#scale) return;
    this.#scale = scale;
    this.dispatchEvent(new CustomEvent('view'));
  }

  #changed(): void {
    const strokes = String(this.#sheet.length + this.#recorder.live.length);
    if (this.dataset.strokes !== strokes) this.dataset.strokes = strokes;
    if (!this.#paintAsked) requestAnimationFrame(() => this.#paint());
    this.#paintAsked = true;
    this.dispatchEvent(new CustomEvent('ink', { bubbles: true }));
  }

  #paint(): void {
    this.#paintAsked = false;
    this.#colour ||= inkColour(this);
    this.#layers.paint({
      sheet: this.#sheet,
      live: this.#recorder.live,
      predicted: this.#predicted,
      pen: { colour: this.#colour, width: penWidth(this.#size[1]) },
      unit: this.#unit,
    });
    this.#predicted.clear();
  }
}

/** Give pads a size where the page's style sheet gives none, or has not come. */
function adoptLook(): void {
  const look = new CSSStyleSheet();
  look.replaceSync(':where(digit-pad) { display: block; position: relative; min-height: 120px; }');
  document.adoptedStyleSheets.push(look);
}
