import type { NotKept, TakeOver } from '../service-worker/messages';

/** What the page is told about its copy for offline use. */
export interface OfflineEvents {
  /** A newer version waits; `use` puts it to use, in this tab and in all others. */
  readonly onNewer: (use: () => void) => void;
  /** A newer version has taken over, here or in another tab: the page is to load again, for its own files have gone. */
  readonly onReplaced: () => void;
}

/** How keeping went. */
export interface Kept {
  /** Null where everything is kept, else one sentence on why not. */
  readonly whyNot: string | null;
  /** Whether it may go better once the connection does. */
  readonly later?: boolean;
  /** The address of a script of the site that is not what was built: what it computes can't be trusted. */
  readonly alteredScript?: string;
}

/** How long the service worker's own words may lag behind its end, which the browser reports by another way. */
const LAST_WORDS_MS = 1000;

/** The copy of the site that the service worker keeps, and the newer version that may wait beside it. */
export class OfflineCopy {
  readonly #on: OfflineEvents;
  readonly #watched = new WeakSet<ServiceWorkerRegistration>();
  #onNotKept: (message: NotKept) => void = () => {};

  constructor(on: OfflineEvents) {
    this.#on = on;
    const workers = serviceWorkers();
    if (workers === null) return;
    let controlled = workers.controller !== null;
    workers.addEventListener('controllerchange', () => {
      if (controlled) on.onReplaced();
      controlled = true; // the first version takes charge of the tab that brought it: nothing changes
    });
    workers.addEventListener('message', ({ data }) => {
      if ((data as NotKept | null)?.type === 'not-kept') this.#onNotKept(data as NotKept);
    });
    // Even where this version can't load, a newer one is to be offered.
    workers.getRegistration().then(
      (registration) => registration && this.#watch(registration),
      () => {},
    );
  }

  /** Keep the site for offline use: register the service worker and wait until it has every file. */
  async keep(): Promise<Kept> {
    if (import.meta.env.DEV) return { whyNot: 'The development server keeps nothing for offline use.' };
    if (!isSecureContext) return { whyNot: 'Open it over https to keep it for offline use.' };
    const workers = serviceWorkers();
    if (workers === null) {
      return { whyNot: 'This browser keeps no pages for offline use; a private window may be why.' };
    }
    const lastWords = new Promise<NotKept>((resolve) => {
      this.#onNotKept = resolve;
    });
    try {
      const registration = await workers.register('sw.js');
      this.#watch(registration);
      if (await allKept(registration)) return { whyNot: null };
    } catch (error) {
      const forbidden = (error as Error).name === 'SecurityError';
      if (forbidden) return { whyNot: "This browser's settings forbid keeping it for offline use." };
      const answer = await fetch('sw.js', { method: 'HEAD', cache: 'no-store' }).catch(() => null);
      return { whyNot: answer === null ? NOT_YET : COULD_NOT, later: true };
    }
    return explain(await Promise.race([lastWords, after(LAST_WORDS_MS)]));
  }

  /** Offer what waits, and what will. */
  #watch(registration: ServiceWorkerRegistration): void {
    if (this.#watched.has(registration)) return;
    this.#watched.add(registration);
    const offer = () => {
      if (registration.waiting === null || registration.active === null) return;
      this.#on.onNewer(() => {
        const message: TakeOver = { type: 'take-over' };
        if (registration.waiting) registration.waiting.postMessage(message);
        else this.#on.onReplaced(); // it has taken over meanwhile
      });
    };
    registration.addEventListener('updatefound', () => {
      const worker = registration.installing;
      worker?.addEventListener('statechange', () => worker.state === 'installed' && offer());
    });
    offer();
  }
}

const COULD_NOT = 'This browser could not keep it for offline use; it will be loaded again next time.';
const NOT_YET = 'It is not all kept for offline use yet, for the connection is gone; that goes on when it is back.';

function explain(notKept: NotKept | null): Kept {
  if (notKept === null) return { whyNot: COULD_NOT, later: true };
  const name = notKept.url.slice(notKept.url.lastIndexOf('/') + 1) || 'index.html';
  switch (notKept.why) {
    case 'full':
      return { whyNot: 'This device has no room left to keep it for offline use; free some and load the page again.' };
    case 'missing':
      return {
        whyNot: `It could not be kept for offline use: the file ${name} is missing on the server.`,
        later: true,
      };
    case 'altered': {
      const whyNot = `It could not be kept for offline use: the file ${name} is not as it was built.`;
      return { whyNot, later: true, alteredScript: name.endsWith('.js') ? notKept.url : undefined };
    }
    case 'unreachable':
      return { whyNot: NOT_YET, later: true };
  }
}

/** The browser's service workers, or null where it has none or forbids them. */
function serviceWorkers(): ServiceWorkerContainer | null {
  try {
    return navigator.serviceWorker ?? null; // throws in a sandboxed frame
  } catch {
    return null;
  }
}

/** Wait until a worker has every file. Says false of one that fails to install, which becomes redundant. */
function allKept(registration: ServiceWorkerRegistration): Promise<boolean> {
  if (registration.active) return Promise.resolve(true);
  const worker = registration.installing ?? registration.waiting;
  return new Promise((resolve) => {
    const look = () => {
      if (worker === null || worker.state === 'redundant') resolve(false);
      else if (worker.state === 'activated') resolve(true);
    };
    worker?.addEventListener('statechange', look);
    look();
  });
}

function after(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms));
}
