import { picturesText } from '../texts/pictures/picturesText';

/** Something that was given and holds no picture to read. */
export interface Refused {
  readonly name: string;
  /** Why, in a sentence to a person. */
  readonly why: string;
}

const PICTURE_NAME = /\.(png|jpe?g|webp|gif|avif|bmp|heic|heif)$/i;

/**
 * The files of what was dropped: a folder stands for the pictures in it and in its folders, by their names.
 *
 * @param entries one for each file; null where the browser has none.
 */
export async function readDropped(
  files: readonly File[],
  entries: readonly (FileSystemEntry | null)[],
): Promise<(File | Refused)[]> {
  const found = files.map(async (file, i) => {
    const entry = entries[i];
    return entry?.isDirectory ? readFolder(entry as FileSystemDirectoryEntry) : [file];
  });
  return (await Promise.all(found)).flat();
}

async function readFolder(folder: FileSystemDirectoryEntry): Promise<(File | Refused)[]> {
  try {
    const files = await filesIn(folder);
    return files.length > 0 ? files : [{ name: folder.name, why: picturesText.emptyFolder }];
  } catch (error) {
    console.warn(error);
    return [{ name: folder.name, why: picturesText.unreadableFolder }];
  }
}

async function filesIn(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const entries = await entriesOf(folder);
  entries.sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }));
  const files: File[] = [];
  for (const entry of entries) {
    if (entry.isDirectory) files.push(...(await filesIn(entry as FileSystemDirectoryEntry)));
    else if (PICTURE_NAME.test(entry.name)) files.push(await fileOf(entry as FileSystemFileEntry));
  }
  return files;
}

/** All entries of a folder. Chromium names a hundred at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
