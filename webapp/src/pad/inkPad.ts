import type { Box, Ink, Point } from '../ink';
import { type DrawnStroke, InkHistory, type Sheet, sheetOf } from './inkHistory';
import type { InkLayers } from './inkLayers';
import { inkColour, onLook } from './look';
import { onSize } from './onSize';
import LOOK from './pad.css?inline';
import { penWidth, UNIT, viewScale } from './padView';
import { PenInput } from './penInput';
import type { LiveStroke } from './strokeRecorder';
import { adoptStyle } from './styleSheets';

/** Rendering on a server imports the class where there are no elements. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/**
 * A sheet to draw on with mouse, fingers or pen. It keeps ink in pad units: 400 CSS pixels, y down, from the top left
 * corner, whatever the pad's size. If the pad becomes too small for its ink, the ink is shown smaller.
 *
 * Attribute `data-strokes`: the number of strokes. Events: `ink`, the ink has changed; `view`, the scale has. The ink has
 * the CSS `color`. Children of class `over` lie on the sheet: their buttons can be clicked, and drawn across.
 */
export class InkPad extends Base {
  /** What is drawn on; inside the shadow root. */
  protected readonly surface = document.createElement('div');
  protected readonly root = this.attachShadow({ mode: 'open', delegatesFocus: true });
  protected byUser = false;
  readonly #styles: string[] = [];
  /** What paints on the surface: fetched once a pad is used, and not for one that nobody sees. */
  #layers: InkLayers | null = null;
  readonly #pen = new PenInput(this, this.surface, {
    sheet: () => this.#history.sheet,
    unit: () => this.#unit,
    height: () => this.#size[1],
    mayDraw: (event) => this.mayDraw(event),
    onBegin: () => {
      this.#colour = '';
    },
    onStroke: (stroke) => this.#add(stroke),
    onChange: () => this.asUser(() => this.inkChanged()),
    onErased: (left) => this.asUser(() => this.#go(left ? this.#history.add(left) : this.#history)),
    onTap: (fingers) => {
      if (fingers === 2) this.asUser(() => this.undo());
      if (fingers === 3) this.asUser(() => this.redo());
    },
  });
  #history = InkHistory.EMPTY;
  /** In CSS pixels. */
  #size: Point = [0, 0];
  /** In device pixels. */
  #pixels: Point = [0, 0];
  #scale = 1;
  #colour = '';
  #paintAsked = false;
  #leave = () => {};

  constructor() {
    super();
    this.surface.setAttribute('part', 'sheet');
    this.surface.setAttribute('role', 'group');
    this.surface.append(document.createElement('slot'));
    this.root.append(this.surface);
    this.adopt(LOOK);
  }

  /** All strokes in pad units, including those being drawn. */
  get ink(): Ink {
    return [...this.#sheet.map(({ points }) => points), ...this.#pen.live.map(({ points }) => points.slice())];
  }

  /** Whether a stroke is being drawn or erased. */
  get drawing(): boolean {
    return this.#pen.active;
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

  /** What the sheet is, to a screen reader. */
  get label(): string {
    return this.surface.getAttribute('aria-label') ?? '';
  }
  set label(text: string) {
    this.surface.setAttribute('aria-label', text);
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
    this.#pen.finish();
    const kept = this.#history.sheet.filter((_, i) => !strokes.includes(i));
    this.#go(this.#history.add([...kept, ...sheetOf(rest)]));
  }

  /** Convert a box from pad units to CSS pixels from the pad's left and top, whatever the page's direction. */
  place({ x, y, width, height }: Box): Box {
    const unit = this.#unit;
    return { x: x * unit, y: y * unit, width: width * unit, height: height * unit };
  }

  connectedCallback(): void {
    this.dataset.strokes = String(this.ink.length);
    const leaveSize = onSize(this.surface, (size, pixels) => {
      this.#size = size;
      this.#pixels = pixels;
      this.#layers?.resize(size, pixels);
      if (!this.drawing) this.#fitView();
      this.#paint(); // at once: a new resolution erases the canvases
    });
    const leaveLook = onLook(() => this.repaint());
    this.#leave = () => {
      leaveSize();
      leaveLook();
    };
  }

  disconnectedCallback(): void {
    this.#leave();
    if (this.drawing) this.#go(this.#history); // the pointer is lost
  }

  adoptedCallback(): void {
    for (const css of this.#styles) adoptStyle(this.root, css);
  }

  /** Style what is in the shadow root. */
  protected adopt(css: string): void {
    if (this.#styles.includes(css)) return;
    this.#styles.push(css);
    adoptStyle(this.root, css);
  }

  /** Whether a pointer that goes down there may draw. */
  protected mayDraw(_event: PointerEvent): boolean {
    return true;
  }

  /** The displayed width of the pen in CSS pixels; null for that which suits the pad's height. */
  get penWidth(): number | null {
    return null;
  }

  /** Load what paints, unless it is here; without it one can draw unseen, and the next stroke tries again. */
  protected async loadPainting(): Promise<void> {
    if (this.#layers) return;
    try {
      const { InkLayers } = await import('./inkLayers');
      this.#layers ??= new InkLayers(this.surface);
      this.#layers.resize(this.#size, this.#pixels);
      this.#paint();
    } catch (error) {
      this.onTrouble(error as Error);
    }
  }

  /** Something that the pad needs did not come. */
  protected onTrouble(error: Error): void {
    console.warn(error);
  }

  /** Paint everything anew: a colour or the pen has changed. */
  protected repaint(): void {
    this.#colour = '';
    this.#layers?.forget();
    this.#paint();
  }

  /** Do what a person asked for, not a script: `byUser` is true meanwhile. */
  protected asUser(action: () => void): void {
    const before = this.byUser;
    this.byUser = true;
    try {
      action();
    } finally {
      this.byUser = before;
    }
  }

  /** The ink has changed. */
  protected inkChanged(): void {
    const strokes = String(this.#sheet.length + this.#pen.live.length);
    if (this.dataset.strokes !== strokes) this.dataset.strokes = strokes;
    if (!this.#paintAsked) requestAnimationFrame(() => this.#paint());
    this.#paintAsked = true;
    this.dispatchEvent(new CustomEvent('ink', { bubbles: true }));
  }

  /** The strokes that are shown beside those being drawn. */
  get #sheet(): Sheet {
    return this.#pen.left ?? this.#history.sheet;
  }

  /** CSS pixels of a pad unit. */
  get #unit(): number {
    return UNIT * this.#scale;
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
    this.#pen.drop();
    this.#history = history;
    this.#fitView();
    this.inkChanged();
  }

  #fitView(): void {
    const [width, height] = this.#size;
    if (width === 0 || height === 0) return;
    const scale = viewScale(this.#history.sheet, width, height, this.#scale);
    if (scale === this.#scale) return;
    this.#scale = scale;
    this.dispatchEvent(new CustomEvent('view'));
  }

  #paint(): void {
    this.#paintAsked = false;
    const isEmpty = this.#sheet.length + this.#pen.live.length === 0;
    if (isEmpty && this.#layers?.blank !== false) return;
    if (!this.#layers) return void this.loadPainting();
    this.#colour ||= inkColour(this);
    const width = this.penWidth === null ? penWidth(this.#size[1]) : this.penWidth / UNIT;
    this.#layers.paint({
      sheet: this.#sheet,
      live: this.#pen.live,
      predicted: this.#pen.predicted,
      pen: { colour: this.#colour, width },
      unit: this.#unit,
    });
    this.#pen.predicted.clear();
  }
}
