import { expect, test } from 'vitest';
import { sentenceFor } from '../../../../webapp/src/app/texts/sentenceFor';
import { text } from '../../../../webapp/src/app/texts/text';
import { ModelLoadError, PictureError } from '../../../../webapp/src/errors';
import { errors, fromWorker } from '../../madeErrors';

const { unforeseen } = text.loading.errors;

// What only a program can do wrong has no sentence for a person.
const { InvalidInputError, DisposedError, ...forPeople } = errors;

test.each(Object.values(forPeople))('$name has its own sentence, also from a worker', (error) => {
  expect(sentenceFor(error)).not.toBe(unforeseen);
  expect(sentenceFor(fromWorker(error))).toBe(sentenceFor(error));
  expect(sentenceFor(error)).not.toContain(error.message);
});

test('it holds the values that a person can use', () => {
  expect(sentenceFor(errors.PictureError)).toMatch(/108 megapixels.* 65\b/);
  expect(sentenceFor(new PictureError('format', '', { format: 'HEIC' }))).toContain('HEIC');
});

test('a code of two kinds of errors has two sentences', () => {
  expect(sentenceFor(new ModelLoadError('damaged', ''))).toBe(text.loading.errors.damaged);
  expect(sentenceFor(new PictureError('damaged', ''))).toBe(text.pictures.errors.damaged);
});

test('what nobody foresaw has one sentence, without the words of the author', () => {
  const made = [new TypeError('x is undefined'), new DOMException('no', 'AbortError'), {}, 'thrown', 7];
  const odd = Object.assign(new Error('odd'), { code: 'constructor' });
  const all = [...made, odd, InvalidInputError, DisposedError];
  expect(all.map(sentenceFor)).toEqual(Array(8).fill(unforeseen));
});
