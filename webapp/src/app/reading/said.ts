import { type Ink, nameOfInk } from '../../ink';

/** What the person said about ink on the sheet. They are right about their own ink, whatever the network thinks. */
export class Said {
  readonly #labels = new Map<string, number | null>();

  /** 0 to 9; null for no digit; undefined if nothing was said about this ink. */
  of(ink: Ink): number | null | undefined {
    return this.#labels.size === 0 ? undefined : this.#labels.get(nameOfInk(ink));
  }

  say(ink: Ink, label: number | null): void {
    this.#labels.set(nameOfInk(ink), label);
  }

  unsay(ink: Ink): void {
    this.#labels.delete(nameOfInk(ink));
  }
}
