import type { ErrorValues, PictureErrorCode, ReaderErrorCode } from '../../errors';
import { text } from './text';

type Sentences<Code extends string> = Readonly<Record<Code, string | ((values: never) => string)>>;

/** One sentence for a person about what went wrong, in the page's language. The error itself is for the console. */
export function sentenceFor(error: unknown): string {
  const { name, code = '', values = {} } = error as { name?: string; code?: string; values?: ErrorValues };
  // TypeScript finds here a code that has no sentence.
  const ofReader: Sentences<ReaderErrorCode> = text.loading.errors;
  const ofPictures: Sentences<PictureErrorCode> = text.pictures.errors;
  const sentences: Partial<Sentences<string>> = name === 'PictureError' ? ofPictures : ofReader;
  const sentence = (Object.hasOwn(sentences, code) && sentences[code]) || text.loading.errors.unforeseen;
  return typeof sentence === 'function' ? sentence(values as never) : sentence;
}
