import { middleX } from '../../box';
import type { Box } from '../../ink';
import { make, setText } from '../dom';
import { onKeys } from '../keys';
import { text } from '../texts/text';
import type { ShownDigit } from './shownDigits';

/** What the labels do. */
export interface LabelActions {
  readonly onSelect: (index: number) => void;
  /** The person wants to correct a digit. */
  readonly onCorrect: (index: number, anchor: Element) => void;
  /** The person answered what a doubtful digit is. */
  readonly onAnswer: (index: number, label: number) => void;
  readonly onRemove: (index: number) => void;
}

/** CSS pixels: the size of a label, and what it keeps from the ink and from the sheet's lower edge, where the tools are. */
const SIZE = 44;
const GAP = 12;
const TOOLS = 64;

/** The reading of each digit under its ink: a button, or two where it is in doubt. One tab stop; arrow keys move between digits. */
export class DigitLabels {
  readonly #place: HTMLElement;
  readonly #actions: LabelActions;
  readonly #labels: HTMLElement[] = [];

  constructor(place: HTMLElement, actions: LabelActions) {
    this.#place = place;
    this.#actions = actions;
    const step = (to: (index: number) => number) => () => this.#focus(to(this.#focused()));
    onKeys('number', place, {
      previous: step((index) => index - 1),
      next: step((index) => index + 1),
      first: step(() => 0),
      last: step(() => Infinity),
      remove: () => actions.onRemove(this.#focused()),
    });
    place.addEventListener('focusin', () => actions.onSelect(this.#focused()));
  }

  /**
   * Show the digits of a reading.
   *
   * @param boxes where the digits lie, in CSS pixels of the sheet.
   * @param sheet the size of the sheet in CSS pixels.
   */
  show(
    digits: readonly ShownDigit[],
    selected: number,
    boxes: readonly Box[],
    sheet: { width: number; height: number },
  ): void {
    const focused = this.#place.contains(document.activeElement) ? this.#focused() : -1;
    while (this.#labels.length > digits.length) this.#labels.pop()?.remove();
    while (this.#labels.length < digits.length) this.#place.append(this.#make(this.#labels.length));
    const places = placeLabels(boxes, sheet);
    for (const [index, digit] of digits.entries()) {
      const label = this.#labels[index] as HTMLElement;
      const { x = 0, y = 0, width = SIZE } = places[index] ?? {};
      label.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
      label.style.setProperty('--width', `${width.toFixed(1)}px`);
      label.classList.toggle('selected', index === selected && digits.length > 1);
      this.#fill(label, digit, digits.length);
      for (const button of label.querySelectorAll('button')) {
        button.tabIndex = index === selected ? 0 : -1;
        button.setAttribute('aria-current', String(index === selected));
      }
    }
    if (focused >= 0 && digits.length > 0 && !this.#place.contains(document.activeElement)) this.#focus(focused);
  }

  /** The element that stands for a digit, beside which a question about it is asked. */
  anchor(index: number): Element | null {
    return this.#labels[index]?.querySelector('button') ?? null;
  }

  #make(index: number): HTMLElement {
    const label = make('span', 'digit-label');
    label.dataset.testid = 'digit';
    label.addEventListener('click', ({ target }) => {
      const button = (target as Element).closest('button');
      if (button === null) return;
      const { answer } = button.dataset;
      if (answer === undefined) this.#actions.onCorrect(index, button);
      else this.#actions.onAnswer(index, Number(answer));
    });
    this.#labels.push(label);
    return label;
  }

  /** One button that corrects; for a digit that may be two, a button for each, by which the person answers. */
  #fill(label: HTMLElement, { label: digit, likely, inDoubt, index }: ShownDigit, count: number): void {
    const chips = inDoubt && likely.length === 2 ? likely : [null];
    if (label.childElementCount !== chips.length) {
      // New buttons, because one that stays would be seen moving.
      label.replaceChildren(...chips.map(() => Object.assign(make('button', ''), { type: 'button' })));
    }
    label.classList.toggle('doubt', inDoubt);
    for (const [i, chip] of chips.entries()) {
      const button = label.children[i] as HTMLElement;
      const name = chip ?? digit ?? '?';
      setText(button, String(name));
      if (chip === null) delete button.dataset.answer;
      else button.dataset.answer = String(chip);
      const spoken = String(digit ?? text.page.unknown);
      button.setAttribute(
        'aria-label',
        chip === null ? text.page.label(spoken, index + 1, count) : text.page.isIt(chip),
      );
    }
  }

  /** The digit that has the focus, else the first. */
  #focused(): number {
    return Math.max(
      this.#labels.findIndex((label) => label.contains(document.activeElement)),
      0,
    );
  }

  #focus(index: number): void {
    const label = this.#labels[Math.max(Math.min(index, this.#labels.length - 1), 0)];
    label?.querySelector('button')?.focus();
  }
}

/**
 * Place a label under each digit, all of a line at one height; above the ink where there is no room below. Labels of narrow
 * digits share the width that there is.
 *
 * @param boxes of digits, line by line, each from left to right.
 */
export function placeLabels(boxes: readonly Box[], sheet: { width: number; height: number }): Box[] {
  const middles = boxes.map(middleX);
  const starts = middles.flatMap((middle, i) => (middle >= (middles[i - 1] ?? Infinity) ? [] : [i]));
  const headOf = (line: readonly Box[]) => Math.min(...line.map(({ y }) => y)) - GAP - SIZE;
  const footOf = (line: readonly Box[]) => Math.max(...line.map(({ y, height }) => y + height)) + GAP;
  const isBelow = footOf(boxes) <= sheet.height - TOOLS - SIZE || headOf(boxes) < 0;
  return starts.flatMap((start, i) => {
    const end = starts[i + 1] ?? boxes.length;
    const line = boxes.slice(start, end);
    const y = isBelow ? Math.min(footOf(line), sheet.height - SIZE) : headOf(line);
    const along = middles.slice(start, end);
    return along.map((middle, k) => {
      const nearest = Math.min(
        ...along.filter((_, other) => other !== k).map((other) => Math.abs(other - middle)),
        SIZE,
      );
      const width = Math.max(nearest, 24);
      return { x: Math.min(Math.max(middle - width / 2, 0), sheet.width - width), y, width, height: SIZE };
    });
  });
}
