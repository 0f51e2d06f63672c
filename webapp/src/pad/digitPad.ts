import { type Box, type Ink, inkBounds, type Point } from '../ink';
import { paintInk, paintMarks } from './paintInk';
import { StrokeRecorder } from './strokeRecorder';

/** Displayed pen width in pad units. */
const PEN_WIDTH = 0.035;

/** The largest width of a pad, in pad units; ink beyond it left the pad. */
const MAX_WIDTH = 3;

/**
 * Ink smaller than this, in pad units, is a trembling tap without a shape. It is 4 to 9 CSS pixels, from the smallest pad
 * to the largest, and independent of the displayed pen width, on which no reading must depend.
 */
export const SMALLEST_SHAPE = 0.02;

/**
 * `<digit-pad>`: draw on it with mouse, finger or pen. It stores ink in pad units (the pad's height is 1, y down) and
 * repaints it at the screen's resolution when the ink or the resolution changes. If the pad becomes too narrow for its
 * ink, the ink is shown smaller.
 *
 * Attribute `data-strokes`: the number of strokes. Event `ink`: the ink has changed. The ink has the CSS `color`, marks
 * have the CSS variable `--accent`. One canvas needs no templating library.
 */
export class DigitPad extends HTMLElement {
  readonly #recorder = new StrokeRecorder();
  readonly #canvas = document.createElement('canvas');
  #paintAsked = false;
  #marks: { boxes: readonly Box[]; selected: number } = { boxes: [], selected: 0 };
  /** CSS pixels of a pad unit. */
  #unit = 1;
  #shape = '';

  /** All strokes in pad units, including the one being drawn. */
  get ink(): Ink {
    return this.#recorder.ink;
  }

  /** Whether a stroke is being drawn. */
  get drawing(): boolean {
    return this.#recorder.drawing;
  }

  /** Replace strokes, given by their indices in the ink, by `rest`; undo() brings them back. */
  removeStrokes(strokes: readonly number[], rest: Ink): void {
    this.#recorder.remove(strokes, rest);
    this.#changed();
  }

  /** Mark the boxes of digits, in pad units, and highlight the selected one. */
  mark(boxes: readonly Box[], selected: number): void {
    this.#marks = { boxes, selected };
    this.#askPaint();
  }

  get canUndo(): boolean {
    return this.#recorder.ink.length > 0;
  }

  get canRedo(): boolean {
    return false;
  }

  redo(): void {}

  get size(): { width: number; height: number } {
    return { width: this.clientWidth, height: this.clientHeight };
  }

  /** A box in pad units in CSS pixels of the pad. */
  place({ x, y, width, height }: Box): Box {
    const unit = this.#unit;
    return { x: x * unit, y: y * unit, width: width * unit, height: height * unit };
  }

  /** Undo the last stroke or removal. */
  undo(): void {
    this.#recorder.undo();
    this.#changed();
  }

  /** Remove all strokes. */
  clear(): void {
    this.restore([]);
  }

  /** Replace the ink by `ink`, in pad units. */
  restore(ink: Ink): void {
    this.#recorder.restore(ink);
    this.#changed();
  }

  connectedCallback(): void {
    this.#canvas.style.cssText = 'display: block; width: 100%; height: 100%';
    this.style.touchAction = 'none'; // a finger on the pad draws and does not scroll the page
    this.dataset.strokes = String(this.#recorder.ink.length);
    this.#canvas.setAttribute('role', 'img');
    this.#canvas.setAttribute('aria-label', 'Pad: draw a digit, 0 to 9, or a number');
    this.prepend(this.#canvas);
    const resized = new ResizeObserver(() => this.#fit());
    try {
      // In device pixels, which also change with the zoom and from screen to screen.
      resized.observe(this.#canvas, { box: 'device-pixel-content-box' });
    } catch {
      resized.observe(this.#canvas); // Safari lacks this box
    }
    this.addEventListener('pointerdown', this.#onDown);
    this.addEventListener('pointermove', this.#onMove);
    for (const type of ['pointerup', 'pointercancel', 'lostpointercapture'] as const) {
      this.addEventListener(type, this.#onEnd);
    }
    // iOS Safari starts its magnifier and its text selection from touch events, whatever pointer events say.
    this.addEventListener('touchstart', preventDefault, { passive: false });
    this.addEventListener('mousedown', preventDefault); // a stroke that leaves the pad selects no text
    this.addEventListener('contextmenu', preventDefault); // a long press or a pen's button
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#askPaint());
  }

  readonly #onDown = (event: PointerEvent): void => {
    if ((event.pointerType === 'mouse' && event.button !== 0) || (event.target as Element).closest('button')) return;
    if (!this.#recorder.begin(event.pointerId, event.pointerType, this.#padPoint(event), event.isPrimary)) return;
    try {
      this.setPointerCapture(event.pointerId); // a stroke may leave the pad and come back
    } catch {
      // The pointer is already gone; it drew a dot.
      this.#recorder.end(event.pointerId);
    }
    this.#changed();
  };

  readonly #onMove = (event: PointerEvent): void => {
    if (!this.drawing) return;
    // Screens report a pointer more often than they repaint; Safari may leave the list empty.
    const samples = event.getCoalescedEvents?.() ?? [];
    const points = (samples.length > 0 ? samples : [event]).map((sample) => this.#padPoint(sample));
    if (this.#recorder.extend(event.pointerId, points)) this.#changed();
  };

  readonly #onEnd = (event: PointerEvent): void => {
    if (this.#recorder.end(event.pointerId)) this.#changed();
  };

  #padPoint(event: PointerEvent): Point {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    this.#scale(width, height);
    return [(event.clientX - left) / this.#unit, (event.clientY - top) / this.#unit];
  }

  #changed(): void {
    this.dataset.strokes = String(this.#recorder.ink.length);
    this.#askPaint();
    this.dispatchEvent(new CustomEvent('ink', { bubbles: true }));
  }

  /** Set the canvas to the screen's resolution and paint at once, because a new size erases it. */
  #fit(): void {
    const { width, height } = this.#canvas.getBoundingClientRect();
    const [columns, rows] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
    if (columns !== this.#canvas.width) this.#canvas.width = columns;
    if (rows !== this.#canvas.height) this.#canvas.height = rows;
    this.#scale(width, height);
    this.#paint();
  }

  /** Adapt the pad unit to the new size and to ink that was drawn on a wider pad. */
  #scale(width: number, height: number): void {
    const shape = `${width} ${height}`;
    if (shape === this.#shape || height === 0) return; // only a new size may shrink the ink, not a stroke that leaves the pad
    this.#shape = shape;
    const ink = inkBounds(this.ink);
    const right = ink ? Math.min(ink.x + ink.width, MAX_WIDTH) + PEN_WIDTH : 0;
    this.#unit = Math.min(height, right > 0 ? width / right : height);
  }

  #askPaint(): void {
    if (this.#paintAsked) return;
    this.#paintAsked = true;
    requestAnimationFrame(() => this.#fit()); // the pixel density may have changed without an event
  }

  #paint(): void {
    this.#paintAsked = false;
    const context = this.#canvas.getContext('2d');
    if (context === null) return;
    const { width, height } = this.#canvas;
    context.resetTransform();
    context.clearRect(0, 0, width, height);
    const unit = (this.#unit * height) / this.#canvas.getBoundingClientRect().height;
    context.setTransform(unit, 0, 0, unit, 0, 0);
    const style = getComputedStyle(this);
    const { boxes, selected } = this.#marks;
    if (boxes.length > 0) {
      paintMarks(context, boxes, selected, { colour: style.getPropertyValue('--accent'), width: PEN_WIDTH });
    }
    paintInk(context, this.#recorder.ink, { colour: style.color, width: PEN_WIDTH });
  }
}

function preventDefault(event: Event): void {
  event.preventDefault();
}
