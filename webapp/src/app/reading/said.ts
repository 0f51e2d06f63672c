import { type Ink, inkBounds } from '../../ink';

/** What the person said about ink on the sheet. They are right about their own ink, whatever the network thinks. */
export class Said {
  readonly #labels = new Map<string, number | null>();

  /** 0 to 9; null for no digit; undefined if nothing was said about this ink. */
  of(ink: Ink): number | null | undefined {
    return this.#labels.size === 0 ? undefined : this.#labels.get(nameOf(ink));
  }

  say(ink: Ink, label: number | null): void {
    this.#labels.set(nameOf(ink), label);
  }

  unsay(ink: Ink): void {
    this.#labels.delete(nameOf(ink));
  }
}

/** Ink at the same place with the same strokes: how many points they have, and where they lie, to a hundredth of a pixel. */
function nameOf(ink: Ink): string {
  const { x = 0, y = 0, width = 0, height = 0 } = inkBounds(ink) ?? {};
  const ends = ink.map((stroke) => [stroke.length, ...(stroke[0] ?? []), ...(stroke.at(-1) ?? [])]);
  return [x, y, width, height, ...ends.flat()].map((number) => number.toFixed(4)).join(' ');
}
