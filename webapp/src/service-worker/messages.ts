/** What the page and the service worker say to each other. Types only: both sides import it. */

/** To the service worker: take over from the older version now, though tabs still use it. */
export interface TakeOver {
  readonly type: 'take-over';
}

/** To the pages: the installation failed at one file, so nothing of this version is kept. */
export interface NotKept {
  readonly type: 'not-kept';
  /** No room on the device; not on the server; not as it was built; or the connection is gone. */
  readonly why: 'full' | 'missing' | 'altered' | 'unreachable';
  /** The file's address. */
  readonly url: string;
}
