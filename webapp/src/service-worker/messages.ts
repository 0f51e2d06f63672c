/** Messages between the page and the service worker. Types only: both sides import them. */

/** To the service worker: replace the older version now, even if tabs still use it. */
export interface TakeOver {
  readonly type: 'take-over';
}

/** To the pages: one file failed, so nothing of this version is stored. */
export interface NotKept {
  readonly type: 'not-kept';
  /** The device is full; the server lacks the file; the file is not as built; the connection is lost. */
  readonly why: 'full' | 'missing' | 'altered' | 'unreachable';
  /** The file's address. */
  readonly url: string;
}
