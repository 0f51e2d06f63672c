import { sharedMark } from '../../service-worker/sharedMark';
import { find } from '../dom';
import { text } from '../texts/text';
import type { Pictures } from './pictures';
import type { PicturesHost } from './picturesHost';

/** The files with which the system opened the installed page; not yet in TypeScript's own types. */
interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files?: readonly FileSystemFileHandle[] }) => void): void;
}

/**
 * Accept pictures that are chosen, photographed, pasted, dropped anywhere, shared with the page or opened with it. All
 * else about them is fetched with the first.
 *
 * @returns `openPictures`, which shows the results again.
 */
export function acceptPictures(host: PicturesHost): { readonly openPictures: () => void } {
  let part: Promise<Pictures> | null = null;

  async function fetchPart(): Promise<Pictures | null> {
    part ??= import('./pictures').then((module) => new module.Pictures(host));
    return part.catch((error) => {
      console.warn(error);
      part = null; // fetch it again next time
      return null;
    });
  }

  async function use(action: (part: Pictures) => void): Promise<void> {
    const fetched = await fetchPart();
    if (fetched) action(fetched);
    else host.onTrouble(text.pictures.unreachable);
  }

  function add(files: Iterable<File> = []): void {
    const pictures = [...files];
    if (pictures.length > 0) void use((part) => part.add(pictures));
  }

  for (const input of [find<HTMLInputElement>('upload'), find<HTMLInputElement>('camera')]) {
    input.addEventListener('change', () => {
      add(input.files ?? []);
      input.value = ''; // the same file may be chosen again
    });
  }
  addEventListener('paste', ({ clipboardData }) => add(clipboardData?.files));
  // Both: what is entered by the last movement before the drop is asked by `dragenter` only.
  for (const kind of ['dragenter', 'dragover'] as const) {
    addEventListener(kind, (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      void fetchPart(); // from the next `dragover` on, it shows where to drop
    });
  }
  addEventListener('drop', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault(); // else the browser would open the picture in place of the page
    // After this event the browser hides what was dropped.
    const files = [...event.dataTransfer.files];
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
    void use((part) => part.addDropped(files, entries));
  });
  const { launchQueue } = globalThis as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(async ({ files = [] }) => add(await Promise.all(files.map((file) => file.getFile()))));
  if (location.hash === sharedMark) void use((part) => part.addShared());

  return { openPictures: () => void use((part) => part.open()) };
}
