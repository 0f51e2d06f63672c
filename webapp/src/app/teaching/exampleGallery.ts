import { html, nothing, svg } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Correction } from '../../learning';
import { teachingText } from '../texts/teaching/teachingText';
import { exampleDrawing } from './exampleDrawing';

const FEW = 12; // of each digit, the newest, until more are asked for
const MANY = 200;
const LABELS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, null];
const CROSS = svg`<path d="M6 6l12 12M18 6L6 18" />`;

/** What the gallery of examples remembers between two pictures of it. */
export class Gallery {
  readonly #onForget: (examples: readonly Correction[]) => void;
  readonly #onChange: () => void;
  /** The digits all of whose examples are shown. */
  readonly #whole = new Set<number | null>();
  /** Under a finger nothing hovers: the first tap on an example shows what the next one does. */
  #tapped: string | null = null;
  /** The place of the example whose forgetting took the focus away. */
  #lost: { readonly label: number | null; readonly place: number } | null = null;

  /**
   * @param onForget an example is to be forgotten.
   * @param onChange the gallery must be shown again.
   */
  constructor(onForget: (examples: readonly Correction[]) => void, onChange: () => void) {
    this.#onForget = onForget;
    this.#onChange = onChange;
  }

  /** Begin anew: few of each digit. */
  reset(): void {
    this.#whole.clear();
    this.#tapped = null;
    this.#lost = null;
  }

  isTapped(id: string): boolean {
    return this.#tapped === id;
  }

  /** How many examples of a digit are shown. */
  shown(label: number | null): number {
    return this.#whole.has(label) ? MANY : FEW;
  }

  showMore(label: number | null): void {
    this.#whole.add(label);
    this.#onChange();
  }

  /** An example was clicked; `detail` of the event is 0 for a key, which needs no second tap. */
  click(example: Correction, place: number, { detail }: MouseEvent): void {
    if (detail > 0 && !matchMedia('(hover: hover)').matches && !this.isTapped(example.id)) {
      this.#tapped = example.id;
      this.#onChange();
      return;
    }
    this.#tapped = null;
    this.#lost = { label: example.label, place };
    this.#onForget([example]);
  }

  /** Give the focus to the neighbour of the example that has gone. */
  keepFocus(panel: HTMLElement): void {
    if (this.#lost === null || panel.contains(document.activeElement)) return;
    const { label, place } = this.#lost;
    const others = panel.querySelectorAll<HTMLElement>(`[data-label="${label}"] .example`);
    (others[Math.min(place, others.length - 1)] ?? panel.querySelector<HTMLElement>('.example, button'))?.focus();
    this.#lost = null;
  }
}

/** A row for each digit that has examples, the newest first. */
export function exampleGallery(gallery: Gallery, all: readonly Correction[]) {
  const rows = LABELS.map((label) => row(gallery, label, all.filter((one) => one.label === label).reverse()));
  return html`<dl data-testid="gallery">${rows}</dl>`;
}

function row(gallery: Gallery, label: number | null, examples: readonly Correction[]) {
  if (examples.length === 0) return nothing;
  const { examplesOf, forgetOne, noDigit, more } = teachingText;
  const shown = examples.slice(0, gallery.shown(label));
  const hidden = Math.min(examples.length, MANY) - shown.length;
  const example = (one: Correction, place: number) => html`<button type="button" data-testid="forget-one"
      class="example ${gallery.isTapped(one.id) ? 'tapped' : ''}" aria-label=${forgetOne(label)} title=${forgetOne(label)}
      @click=${(event: MouseEvent) => gallery.click(one, place, event)}>
      ${exampleDrawing(one)}<svg class="cross" viewBox="0 0 24 24" aria-hidden="true">${CROSS}</svg></button>`;
  return html`<dt aria-label=${examplesOf(label)} class=${label === null ? 'none' : ''}>${label ?? noDigit}</dt>
    <dd data-label=${String(label)}>
      ${repeat(shown, ({ id }) => id, example)}
      ${hidden > 0 ? html`<button type="button" class="more" @click=${() => gallery.showMore(label)}>${more(hidden)}</button>` : nothing}
    </dd>`;
}
