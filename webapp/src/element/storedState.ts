import { type Ink, isInk } from '../ink';
import type { PadText } from './padText';

/** Write what is on a pad as a text, for the browser to keep over a reload. */
export function storedState({ typed, said }: PadText, ink: Ink): string {
  return JSON.stringify({ typed, said: [...said], ink });
}

/** Read it back. Another version may have written it: anything else counts as nothing. */
export function stateOf(stored: unknown): { text: PadText; ink: Ink } | null {
  try {
    const { typed, said, ink } = JSON.parse(String(stored));
    if (!isInk(ink)) return null;
    return { text: { typed: String(typed).replace(/\D/g, ''), said: new Map(said) }, ink };
  } catch {
    return null;
  }
}
