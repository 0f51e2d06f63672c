import type { ReaderLife } from '../loading/readerLife';
import { text } from '../texts/text';
import type { Teaching, TeachingPage } from './teaching';

/** The part of the page for teaching. It is fetched later, because the page reads without it. */
export function lazyTeaching(reader: ReaderLife, page: TeachingPage) {
  let part: Promise<Teaching> | null = null;
  const load = async (): Promise<void> => {
    const { recognizer } = reader;
    if (recognizer === null) return;
    part ??= import('./teaching').then(({ Teaching }) => Teaching.open(page));
    try {
      (await part).attach(recognizer);
    } catch {
      part = null; // it can't be fetched now; the next touch of the page tries again
    }
  };
  return {
    /** Whether the part was asked for. */
    get wanted(): boolean {
      return part !== null;
    },
    /** Fetch the part unless it is here, and let it teach the recognizer. Without a recognizer this does nothing. */
    load,
    /** Use the part once it is here; say so if it can't be fetched. */
    use(action: (part: Teaching) => void): void {
      void load();
      part?.then(action, () => page.toast(text.page.cannotLearnYet));
    },
  };
}
