import './inside.css';
import type { Inside, Recognizer } from '../../api';
import { CLASSES, PIXELS } from '../../ink';
import { newestOnly } from '../../newestOnly';
import { setText } from '../dom';
import { insideText } from '../texts/inside/insideText';
import { cssOf, divergingScale, STEPS, sequentialScale } from './colours';
import { heatPlaces } from './heatPlaces';
import { type Parts, renderParts } from './parts';
import { type Look, NOTHING, type Shown } from './pictures';

/** After this long without a change the pen rests: time for the hundreds of readings that the heat takes. */
const REST_MS = 120;

/** What is looked at: a digit as the network sees it, with its reading. */
export interface Seen {
  readonly pixels: Float32Array;
  readonly probabilities: ArrayLike<number>;
  /** The digit read; null where it is unsure. */
  readonly digit: number | null;
}

export interface InsideView {
  /** Show what the network makes of a digit; call it whenever the digit or its reading changes. */
  show(seen: Seen, recognizer: Pick<Recognizer, 'lookInside'>): void;
  /** There is nothing to look at. */
  clear(): void;
}

/** Show the inside of the network in `place`, which may have any width from 280 px on. While one draws, nothing moves. */
export function mountInside(place: HTMLElement): InsideView {
  return new View(place);
}

interface Asked {
  readonly seen: Seen;
  readonly recognizer: Pick<Recognizer, 'lookInside'>;
}

class View implements InsideView {
  readonly #place: HTMLElement;
  #parts: Parts;
  #look: Look;
  /** The digit that the heat is about, if the user chose one. */
  #chosen: number | null = null;
  #asked: Asked | null = null;
  #inside: Inside | null = null;
  /** Of all ten digits. */
  #heat: Float32Array | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;
  readonly #lookUp = this.#newest(false);
  readonly #findHeat = this.#newest(true);

  constructor(place: HTMLElement) {
    this.#place = place;
    place.classList.add('inside');
    this.#parts = this.#build(null);
    const dark = matchMedia('(prefers-color-scheme: dark)');
    this.#look = this.#dress(dark.matches);
    dark.addEventListener('change', () => {
      this.#look = this.#dress(dark.matches);
      this.#paint();
    });
    new ResizeObserver(() => this.#fit()).observe(place);
    this.clear();
  }

  show(seen: Seen, recognizer: Pick<Recognizer, 'lookInside'>): void {
    const before = this.#asked?.seen.pixels;
    if (before === undefined || before.some((level, i) => level !== seen.pixels[i])) this.#heat = null; // of other ink
    const asked = { seen, recognizer };
    this.#asked = asked;
    this.#place.dataset.heat = 'pending';
    this.#lookUp(asked);
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#findHeat(asked), REST_MS);
    this.#paint();
  }

  clear(): void {
    clearTimeout(this.#rest);
    this.#asked = this.#inside = this.#heat = this.#chosen = null;
    this.#place.dataset.heat = 'none';
    this.#describe();
    this.#paint();
  }

  #newest(withHeat: boolean): (asked: Asked) => void {
    return newestOnly<Asked, Inside>(
      ({ seen, recognizer }) => recognizer.lookInside(seen.pixels, withHeat),
      (inside, asked) => {
        if (asked !== this.#asked) return; // newer ink is on its way
        this.#arrived(inside);
        if (withHeat && inside.heat === null) this.#findHeat(asked); // another call ended it
      },
      (error, asked) => {
        if (asked !== this.#asked) return;
        console.warn('The look inside the network failed.', error);
        this.#place.dataset.heat = 'none';
        this.#say(insideText.failed);
      },
    );
  }

  #arrived(inside: Inside): void {
    this.#say('');
    this.#inside = inside;
    if (!this.#parts.fits(inside)) {
      this.#parts = this.#build(inside);
      this.#fit();
    }
    if (inside.heat) {
      this.#heat = inside.heat;
      this.#place.dataset.heat = 'ready';
      this.#describe();
    }
    this.#paint();
  }

  #build(inside: Inside | null): Parts {
    return renderParts(this.#place, inside, (digit) => {
      this.#chosen = digit;
      this.#describe();
      this.#paint();
    });
  }

  /** Take colours from the page, and set those of the legend. */
  #dress(dark: boolean): Look {
    const style = getComputedStyle(this.#place);
    const of = (name: string) => style.getPropertyValue(name).trim() || style.color;
    const diverging = divergingScale(dark);
    for (const [name, step] of [
      ['against', 0],
      ['neither', STEPS / 2],
      ['for', STEPS - 1],
    ] as const) {
      this.#place.style.setProperty(`--${name}`, cssOf(diverging[step] ?? [0, 0, 0]));
    }
    const sequential = sequentialScale(dark);
    const stops = sequential.filter((_, step) => step % 17 === 0).map(cssOf);
    this.#place.style.setProperty('--scale', `linear-gradient(to right, ${stops.join()})`);
    const colours = { best: of('--accent'), bar: of('--bar'), text: of('--text') };
    return { sequential, diverging, ...colours, family: style.fontFamily };
  }

  /** Give the canvases the size of their places. Only this causes a layout. */
  #fit(): void {
    const { pictures } = this.#parts;
    const widths = pictures.map(({ canvas }) => canvas.clientWidth);
    for (const [i, picture] of pictures.entries()) picture.fit(widths[i] ?? 0, devicePixelRatio);
    this.#paint();
  }

  #paint(): void {
    const digit = this.#digit;
    const heat = this.#heat?.subarray(digit * PIXELS, (digit + 1) * PIXELS) ?? null;
    const shown: Shown = { ...NOTHING, ...this.#asked?.seen, inside: this.#inside, heat };
    for (const picture of this.#parts.pictures) picture.paint(shown, this.#look);
    this.#parts.select(this.#asked ? digit : null);
  }

  /** The digit that the heat is about: the chosen one, or else the likeliest. */
  get #digit(): number {
    const probabilities = Array.from(this.#asked?.seen.probabilities ?? { length: CLASSES }, Number);
    const likeliest = Math.max(0, probabilities.indexOf(Math.max(...probabilities)));
    return this.#chosen ?? this.#asked?.seen.digit ?? likeliest;
  }

  /** Say in words what the heat shows, for those who don't see it. */
  #describe(): void {
    const { ink, decides } = insideText;
    const digit = this.#digit;
    const heat = this.#heat?.subarray(digit * PIXELS, (digit + 1) * PIXELS);
    const { most, least } = heat ? heatPlaces(heat) : { most: null, least: null };
    const words = [
      ink.title,
      most === null ? null : decides.mostFor(digit, decides.places[most] ?? ''),
      least === null ? null : decides.mostAgainst(digit, decides.places[least] ?? ''),
    ];
    this.#parts.network.setAttribute('aria-label', words.filter((word) => word !== null).join('. '));
  }

  #say(sentence: string): void {
    const status = this.#place.querySelector('[role="status"]');
    if (status) setText(status, sentence);
  }
}
