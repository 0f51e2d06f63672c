import type { NotKept, TakeOver } from '../../service-worker/messages';
import { text } from '../texts/text';

/** What the page does about newer versions. */
export interface OfflineEvents {
  /** A newer version waits; `use` switches to it, in this tab and in all others. */
  readonly onNewer: (use: () => void) => void;
  /** A newer version took over, here or in another tab. The page must reload, because its own files are gone. */
  readonly onReplaced: () => void;
}

/** The result of storing the site. */
export interface Kept {
  /** Null if everything is stored, else one sentence on why not. */
  readonly whyNot: string | null;
  /** Whether trying again later may help. */
  readonly later?: boolean;
  /** The address of a script that differs from the one that was built, so its results can't be trusted. */
  readonly alteredScript?: string;
}

/** How long to wait for the worker's message after it became redundant. */
const LAST_MESSAGE_MS = 1000;

/** The copy of the site that the service worker stores, and the newer version that may wait beside it. */
export class OfflineCopy {
  readonly #events: OfflineEvents;
  readonly #watched = new WeakSet<ServiceWorkerRegistration>();
  #onNotKept: (message: NotKept) => void = () => {};

  constructor(events: OfflineEvents) {
    this.#events = events;
    const workers = serviceWorkers();
    if (workers === null) return;
    let controlled = workers.controller !== null;
    workers.addEventListener('controllerchange', () => {
      if (controlled) events.onReplaced();
      controlled = true; // the first version takes control of the tab that installed it, which changes nothing
    });
    workers.addEventListener('message', ({ data }) => {
      if ((data as NotKept | null)?.type === 'not-kept') this.#onNotKept(data as NotKept);
    });
    // Offer a newer version even if this one can't load.
    workers.getRegistration().then(
      (registration) => registration && this.#watch(registration),
      () => {},
    );
  }

  /** Store the site for offline use: register the service worker and wait until it has every file. */
  async keep(): Promise<Kept> {
    if (import.meta.env.DEV) return { whyNot: text.loading.notKept.development };
    if (!isSecureContext) return { whyNot: text.loading.notKept.insecure };
    const workers = serviceWorkers();
    if (workers === null) return { whyNot: text.loading.notKept.unsupported };
    const lastMessage = new Promise<NotKept>((resolve) => {
      this.#onNotKept = resolve;
    });
    try {
      const registration = await workers.register('sw.js');
      this.#watch(registration);
      if (await isInstalled(registration)) return { whyNot: null };
    } catch (error) {
      if ((error as Error).name === 'SecurityError') return { whyNot: text.loading.notKept.forbidden };
      console.warn('Not kept for offline use.', error);
      const answer = await fetch('sw.js', { method: 'HEAD', cache: 'no-store' }).catch(() => null);
      return notYet(answer === null ? 'unreachable' : 'failed');
    }
    const silence = new Promise<null>((resolve) => setTimeout(resolve, LAST_MESSAGE_MS, null));
    return explain(await Promise.race([lastMessage, silence]));
  }

  /** Offer a version that waits, now or later. */
  #watch(registration: ServiceWorkerRegistration): void {
    if (this.#watched.has(registration)) return;
    this.#watched.add(registration);
    const offer = () => {
      if (registration.waiting === null || registration.active === null) return;
      this.#events.onNewer(() => {
        const message: TakeOver = { type: 'take-over' };
        if (registration.waiting) registration.waiting.postMessage(message);
        else this.#events.onReplaced(); // it took over in the meantime
      });
    };
    const follow = () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => worker.state === 'installed' && offer());
    };
    registration.addEventListener('updatefound', follow);
    follow(); // the browser may have found it before this page ran
    offer();
  }
}

function explain(notKept: NotKept | null): Kept {
  if (notKept === null) return notYet('failed');
  const { why, url } = notKept;
  console.warn(`Not kept for offline use: ${url} (${why}).`);
  if (why === 'full') return { whyNot: text.loading.notKept.full };
  if (why === 'unreachable') return notYet(why);
  return { ...notYet('damaged'), ...(why === 'altered' && url.endsWith('.js') && { alteredScript: url }) };
}

/** What failed this time and may succeed later. */
function notYet(why: 'failed' | 'unreachable' | 'damaged'): Kept {
  return { whyNot: text.loading.notKept[why], later: true };
}

/** The browser's service workers, or null if it has none or forbids them. */
function serviceWorkers(): ServiceWorkerContainer | null {
  try {
    return navigator.serviceWorker ?? null; // throws in a sandboxed frame
  } catch {
    return null;
  }
}

/** Wait until a worker has every file. Returns false if its installation fails, which makes it redundant. */
function isInstalled(registration: ServiceWorkerRegistration): Promise<boolean> {
  if (registration.active) return Promise.resolve(true);
  const worker = registration.installing ?? registration.waiting;
  return new Promise((resolve) => {
    const check = () => {
      if (worker === null || worker.state === 'redundant') resolve(false);
      else if (worker.state === 'activated') resolve(true);
    };
    worker?.addEventListener('statechange', check);
    check();
  });
}
