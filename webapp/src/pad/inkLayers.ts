import { inkBounds, type Point } from '../ink';
import type { DrawnStroke, Sheet } from './inkHistory';
import { countParts, fill, firstPoint, outlines, type PenStyle } from './paintInk';
import type { LiveStroke } from './strokeRecorder';

/** What the pad shows. */
export interface Shown {
  readonly sheet: Sheet;
  readonly live: readonly LiveStroke[];
  /** Where the browser expects the pointers of live strokes next: shown once, to hide the delay of the screen. */
  readonly predicted: ReadonlyMap<LiveStroke, readonly Point[]>;
  readonly pen: PenStyle;
  /** CSS pixels of a pad unit. */
  readonly unit: number;
}

/**
 * Two canvases, which fill the pad: one keeps finished strokes, one is painted anew in each frame, with the ends of live
 * ones. They come with the first ink, and the first stroke that is drawn: a page may hold a hundred pads.
 */
export class InkLayers {
  /** Whether nothing was painted yet. */
  blank = true;
  readonly #surface: HTMLElement;
  #finished: HTMLCanvasElement | null = null;
  #live: HTMLCanvasElement | null = null;
  /** The size in device pixels. */
  #pixels: Point = [0, 0];
  /** Device pixels of a CSS pixel, across and down. */
  #density: Point = [1, 1];
  /** What the finished canvas holds; null if it must be painted anew. */
  #painted: { sheet: Sheet; pen: PenStyle; unit: number } | null = null;
  /** Parts of live strokes that are on the finished canvas already. */
  #frozen = new Map<LiveStroke, number>();
  /** What the live canvas holds, in pad units: left, top, width, height. */
  #dirty: [number, number, number, number][] = [];
  /** Of finished strokes, for a pen of this width. */
  #outlines = { width: 0, of: new WeakMap<DrawnStroke, Path2D[]>() };

  /** @param surface what the canvases lie on, below all else. */
  constructor(surface: HTMLElement) {
    this.#surface = surface;
  }

  /** Set the resolution: CSS pixels and device pixels. A new one erases both canvases. */
  resize(size: Point, pixels: Point): void {
    for (const canvas of [this.#finished, this.#live]) {
      if (!canvas || (canvas.width === pixels[0] && canvas.height === pixels[1])) continue;
      [canvas.width, canvas.height] = pixels;
      this.blank ||= canvas === this.#finished;
    }
    this.#pixels = pixels;
    this.#density = [pixels[0] / size[0], pixels[1] / size[1]];
    this.#painted = null;
    this.#dirty = [];
  }

  /** Paint everything anew the next time: a colour of the system has changed. */
  forget(): void {
    this.#painted = null;
  }

  /** Paint what has changed. */
  paint(shown: Shown): void {
    this.#paintFinished(shown);
    this.#paintLive(shown);
  }

  #paintFinished({ sheet, live, pen, unit }: Shown): void {
    this.blank = false;
    this.#finished ??= this.#addCanvas();
    const context = this.#finished.getContext('2d');
    if (context === null) return;
    let done = this.#painted;
    const isSame = done?.unit === unit && done.pen.colour === pen.colour && done.pen.width === pen.width;
    // A live stroke that has ended, or was dropped, leaves parts behind.
    const isLeft = [...this.#frozen.keys()].some((stroke) => !live.includes(stroke));
    if (done === null || !isSame || isLeft || !startsWith(sheet, done.sheet)) {
      context.resetTransform();
      context.clearRect(0, 0, this.#finished.width, this.#finished.height);
      this.#frozen.clear();
      done = { sheet: [], pen, unit };
    }
    this.#setUnit(context, unit);
    for (const stroke of sheet.slice(done.sheet.length)) fill(context, this.#outlinesOf(stroke, pen.width), pen);
    this.#painted = { sheet, pen, unit };
    for (const stroke of live) {
      const complete = countParts(stroke.points.length) - 1;
      const before = this.#frozen.get(stroke) ?? 0;
      if (complete > before) {
        fill(context, outlines(stroke, pen.width, before, complete), pen);
        this.#frozen.set(stroke, complete);
      }
    }
  }

  #paintLive({ live, predicted, pen, unit }: Shown): void {
    if (live.length === 0 && this.#dirty.length === 0) return;
    this.#live ??= this.#addCanvas();
    const context = this.#live.getContext('2d', { desynchronized: true });
    if (context === null) return;
    for (const box of this.#dirty) context.clearRect(...box);
    this.#dirty = [];
    this.#setUnit(context, unit);
    for (const stroke of live) {
      const next = predicted.get(stroke) ?? [];
      const pressures = next.map(() => stroke.pressures.at(-1) as number);
      const shown = { points: [...stroke.points, ...next], pressures: [...stroke.pressures, ...pressures] };
      const from = this.#frozen.get(stroke) ?? 0;
      fill(context, outlines(shown, pen.width, from), pen);
      const box = inkBounds([shown.points.slice(firstPoint(from))]);
      const [margin, x, y] = [2 * pen.width, box?.x ?? 0, box?.y ?? 0];
      this.#dirty.push([x - margin, y - margin, (box?.width ?? 0) + 2 * margin, (box?.height ?? 0) + 2 * margin]);
    }
  }

  /** Lay a canvas on the surface, or on the one that lies there. */
  #addCanvas(): HTMLCanvasElement {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = this.#pixels;
    canvas.setAttribute('aria-hidden', 'true');
    if (this.#finished) this.#finished.after(canvas);
    else this.#surface.prepend(canvas);
    return canvas;
  }

  #outlinesOf(stroke: DrawnStroke, width: number): Path2D[] {
    if (this.#outlines.width !== width) this.#outlines = { width, of: new WeakMap() };
    const found = this.#outlines.of.get(stroke) ?? outlines(stroke, width);
    this.#outlines.of.set(stroke, found);
    return found;
  }

  #setUnit(context: CanvasRenderingContext2D, unit: number): void {
    context.setTransform(unit * this.#density[0], 0, 0, unit * this.#density[1], 0, 0);
  }
}

/** Whether a sheet begins with all strokes of another one. */
function startsWith(sheet: Sheet, other: Sheet): boolean {
  return other.length <= sheet.length && other.every((stroke, i) => stroke === sheet[i]);
}
