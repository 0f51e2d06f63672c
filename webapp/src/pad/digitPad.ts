import { type Box, type Ink, inkBounds, type Point } from '../ink';
import { paintInk, paintMarks } from './paintInk';
import { StrokeRecorder } from './strokeRecorder';

/** Displayed pen width in pad units. */
const PEN_WIDTH = 0.035;

/** Pads are not wider than this, in pad units; ink beyond it left the pad. */
const WIDEST = 3;

/**
 * Extent in pad units below which ink is a tap that trembled and has no shape: 4 to 9 CSS pixels, from the smallest pad to
 * the largest. Not the displayed pen's width, on which no reading is to depend, and which is half the height of a digit
 * that is drawn at a tenth of the pad. A drawing of a fifth of the pad can still be drawn at a tenth of its size.
 */
export const SMALLEST_SHAPE = 0.02;

/**
 * `<digit-pad>`: a sheet to draw on with mouse, finger or pen. It keeps ink in pad units (the pad's height is 1, y down)
 * and repaints it at the screen's own resolution whenever either changes. Where the pad has become too narrow for its
 * ink, all of it is shown smaller.
 *
 * Attribute `data-strokes`: the number of strokes on it. Event `ink`: the ink has changed. The ink's colour is the CSS
 * `color`, that of marks the CSS variable `--accent`. A plain custom element: one canvas and no template leave a templating library nothing to do.
 */
export class DigitPad extends HTMLElement {
  readonly #recorder = new StrokeRecorder();
  readonly #canvas = document.createElement('canvas');
  readonly #resized = new ResizeObserver(() => this.#fit());
  readonly #dark = matchMedia('(prefers-color-scheme: dark)');
  #paintAsked = false;
  #marks: { boxes: readonly Box[]; selected: number } = { boxes: [], selected: 0 };
  /** CSS pixels of a pad unit. */
  #unit = 1;
  #shape = '';

  /** The strokes on the pad, the one being drawn included, in pad units. */
  get ink(): Ink {
    return this.#recorder.ink;
  }

  /** Whether a stroke is being drawn. */
  get drawing(): boolean {
    return this.#recorder.drawing;
  }

  /** Take strokes out, by their places in the ink, but for `rest` of them; undo() brings them back. */
  removeStrokes(strokes: readonly number[], rest: Ink): void {
    this.#recorder.remove(strokes, rest);
    this.#changed();
  }

  /** Mark the places of digits, in pad units, and one of them as the selected one. */
  mark(boxes: readonly Box[], selected: number): void {
    this.#marks = { boxes, selected };
    this.#askPaint();
  }

  /** Take the last stroke or removal back. */
  undo(): void {
    if (this.#recorder.undo()) this.#changed();
  }

  /** Take all strokes back. */
  clear(): void {
    this.#recorder.clear();
    this.#changed();
  }

  /** Put `ink`, in pad units, in the place of what is on the pad. */
  restore(ink: Ink): void {
    this.#recorder.restore(ink);
    this.#changed();
  }

  connectedCallback(): void {
    const { style } = this.#canvas;
    style.display = 'block';
    style.width = '100%';
    style.height = '100%';
    this.style.touchAction = 'none'; // a finger on the pad draws and does not scroll the page
    this.dataset.strokes = String(this.#recorder.ink.length);
    this.#canvas.setAttribute('role', 'img');
    this.#canvas.setAttribute('aria-label', 'Pad: draw a digit, 0 to 9, or a number');
    this.append(this.#canvas);
    try {
      // In the screen's own pixels, which also change with the zoom and from screen to screen.
      this.#resized.observe(this.#canvas, { box: 'device-pixel-content-box' });
    } catch {
      this.#resized.observe(this.#canvas); // Safari has no such box
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
    this.#dark.addEventListener('change', this.#askPaint);
  }

  disconnectedCallback(): void {
    this.#resized.disconnect();
    this.#dark.removeEventListener('change', this.#askPaint);
  }

  readonly #onDown = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    if (!this.#recorder.begin(event.pointerId, event.pointerType, this.#padPoint(event), event.isPrimary)) return;
    try {
      this.setPointerCapture(event.pointerId); // a stroke may leave the pad and come back
    } catch {
      // The pointer has gone already; what it drew is a dot.
      this.#recorder.end(event.pointerId);
    }
    this.#changed();
  };

  readonly #onMove = (event: PointerEvent): void => {
    if (!this.#recorder.isDrawing(event.pointerId)) return;
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

  /** Give the canvas the screen's own resolution, and paint at once: a new size wipes it. */
  #fit(): void {
    const { width, height } = this.#canvas.getBoundingClientRect();
    const [columns, rows] = [Math.round(width * devicePixelRatio), Math.round(height * devicePixelRatio)];
    if (columns !== this.#canvas.width) this.#canvas.width = columns;
    if (rows !== this.#canvas.height) this.#canvas.height = rows;
    this.#scale(width, height);
    this.#paint();
  }

  /** Fit the pad's unit to its new size, and to ink that was drawn on a wider one. */
  #scale(width: number, height: number): void {
    const shape = `${width} ${height}`;
    if (shape === this.#shape || height === 0) return; // a stroke that leaves the pad makes nothing smaller
    this.#shape = shape;
    const ink = inkBounds(this.ink);
    const right = ink ? Math.min(ink.x + ink.width, WIDEST) + PEN_WIDTH : 0;
    this.#unit = Math.min(height, right > 0 ? width / right : height);
  }

  readonly #askPaint = (): void => {
    if (this.#paintAsked) return;
    this.#paintAsked = true;
    requestAnimationFrame(() => this.#fit()); // the density may have changed unnoticed
  };

  #paint(): void {
    this.#paintAsked = false;
    const context = this.#canvas.getContext('2d');
    if (context === null) return;
    const { width, height } = this.#canvas;
    context.setTransform(1, 0, 0, 1, 0, 0);
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
