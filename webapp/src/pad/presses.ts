import type { PenDown, Sample } from './strokeRecorder';
import { STILL } from './strokeRecorder';

/** The browser's own click on a button comes no later, in milliseconds, after the pointer has lifted. */
const CLICK_MS = 700;

interface Press {
  readonly button: HTMLElement;
  readonly pointer: PenDown;
  readonly samples: Sample[];
}

/** A press that turned out to be a stroke. */
export type PressedStroke = Pick<Press, 'pointer' | 'samples'>;

/**
 * Buttons that lie on the pad, under the pen: elements inside one of class `over`. A pointer that goes down on one and up
 * near the same place clicks it; one that moves away draws, from where it went down.
 */
export class Presses {
  readonly #pad: HTMLElement;
  readonly #presses = new Map<number, Press>();
  #clickedAt = -Infinity;

  constructor(pad: HTMLElement) {
    this.#pad = pad;
    // The pad has the pointer, so whether a browser clicks the button by itself differs: `end` does it.
    pad.addEventListener('click', (event) => this.#swallow(event), { capture: true });
  }

  /** The button on the pad that an event is for. */
  buttonOf({ target }: Event): HTMLElement | null {
    const button = target instanceof Element ? target.closest<HTMLElement>('.over button') : null;
    return button && this.#pad.contains(button) ? button : null;
  }

  begin(button: HTMLElement, pointer: PenDown, sample: Sample): void {
    this.#presses.set(pointer.id, { button, pointer, samples: [sample] });
  }

  /** Return the stroke of a pointer that has moved away from where it went down. */
  extend(id: number, samples: readonly Sample[]): PressedStroke | null {
    const press = this.#presses.get(id);
    if (!press) return null;
    press.samples.push(...samples);
    const [x, y] = (press.samples[0] as Sample).point;
    const isFar = ({ point }: Sample) => Math.hypot(point[0] - x, point[1] - y) * press.pointer.unit > STILL;
    if (!samples.some(isFar)) return null;
    this.#presses.delete(id);
    return press;
  }

  /** Click the button that the pointer went down on, if it has not moved away. */
  end(id: number, time: number): void {
    const press = this.#presses.get(id);
    this.#presses.delete(id);
    if (!press) return;
    this.#clickedAt = time;
    press.button.click();
  }

  cancel(id: number): void {
    this.#presses.delete(id);
  }

  /** Stop the browser's click after `end` has made one, or after a stroke that began on the button. */
  #swallow(event: MouseEvent): void {
    // Clicks by key or by a screen reader have no count, or come alone.
    if (!event.isTrusted || event.detail === 0 || !this.buttonOf(event)) return;
    if (event.timeStamp - this.#clickedAt < CLICK_MS) event.stopImmediatePropagation();
  }
}
