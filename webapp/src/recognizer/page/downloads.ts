import { fetchChecked, type SiteFile } from '../fetchChecked';
import type { FileAddresses } from '../files';
import type { LoadProgress } from '../recognizer';

/** Downloads of the site's files, running or done. One failure does not cancel the others. */
export class Downloads {
  readonly #contents = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  readonly #loaded = new Map<string, number>();
  #onBytes = () => {};

  /**
   * Fetch files, or wait for them where an earlier call asked for them, and forget their contents once all have arrived.
   *
   * @throws ModelLoadError, ConnectionError as `fetchChecked` does. Another call fetches only what is missing.
   */
  async fetchAll(
    files: readonly SiteFile[],
    addresses: FileAddresses,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Uint8Array<ArrayBuffer>[]> {
    const total = files.reduce((sum, file) => sum + file.bytes, 0);
    this.#onBytes = () =>
      onProgress({ loaded: [...this.#loaded.values()].reduce((sum, bytes) => sum + bytes, 0), total });
    const contents = await Promise.all(files.map((file) => this.#fetchOnce(file, addresses)));
    this.#contents.clear();
    this.#loaded.clear();
    return contents;
  }

  #fetchOnce(file: SiteFile, addresses: FileAddresses): Promise<Uint8Array<ArrayBuffer>> {
    const earlier = this.#contents.get(file.path);
    if (earlier) return earlier;
    const content = fetchChecked(file, addresses, (bytes) => {
      this.#loaded.set(file.path, bytes);
      this.#onBytes();
    });
    this.#contents.set(file.path, content);
    content.catch(() => this.#contents.delete(file.path));
    return content;
  }
}
