/**
 * Keeps one version of the whole site for offline use. It is installed once every file has come, as one; a newer version
 * waits until no tab uses the older one, so that files of two versions never meet.
 */
import { type PrecacheEntry, precacheAndRoute } from 'workbox-precaching';
import { wasmSupport } from '../recognizer/wasmSupport';
import { neededFiles } from './neededFiles';

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: PrecacheEntry[] };

// index.html answers for the folder's own address too (Workbox's directoryIndex).
precacheAndRoute(neededFiles(self.__WB_MANIFEST, wasmSupport()));
