/**
 * Keep the site for offline use: register the service worker and wait until it has every file.
 *
 * Resolves to null once everything is kept, or to one sentence that says why it can't be.
 */
export async function keepForOffline(): Promise<string | null> {
  if (import.meta.env.DEV) return 'The development server keeps nothing for offline use.';
  if (!isSecureContext) return 'Open it over https to keep it for offline use.';
  if (!('serviceWorker' in navigator)) return 'This browser keeps no pages for offline use.';
  try {
    const registration = await navigator.serviceWorker.register('sw.js');
    await allKept(registration);
    return null;
  } catch {
    return 'This browser could not keep it for offline use; it will be loaded again next time.';
  }
}

/** Wait until a worker has every file. One that fails to install becomes redundant. */
function allKept(registration: ServiceWorkerRegistration): Promise<void> {
  if (registration.active) return Promise.resolve();
  const worker = registration.installing ?? registration.waiting;
  return new Promise((resolve, reject) => {
    const look = () => {
      if (worker === null || worker.state === 'redundant') reject(new Error('The service worker was not installed.'));
      else if (worker.state === 'activated') resolve();
    };
    worker?.addEventListener('statechange', look);
    look();
  });
}
