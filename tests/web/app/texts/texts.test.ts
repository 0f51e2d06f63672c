import { expect, test } from 'vitest';
import { de } from '../../../../webapp/src/app/texts/de';
import { en } from '../../../../webapp/src/app/texts/en';
import { es } from '../../../../webapp/src/app/texts/es';
import { de as dePictures } from '../../../../webapp/src/app/texts/pictures/de';
import { en as enPictures } from '../../../../webapp/src/app/texts/pictures/en';
import { es as esPictures } from '../../../../webapp/src/app/texts/pictures/es';

/** Words that are the same in two of the languages. */
const SAME = new Set<string>([]);

/** Names of files of the site, answers of a server, words that only authors know. */
const FOR_AUTHORS =
  /\.(js|json|bin|wasm|html|css)\b|\b[45]\d\d\b|\bHTTP\b|SHA-|[Cc]ache|[Ww]orker|undefined|NaN|\[object/;

const ENGLISH = /\b(the|this|and|your|you|with|it|of|is|to read)\b/i;

/** Stands for any parameter: a number, or an object with numbers. */
const PARAMETER = new Proxy(Object(2) as object, {
  get(target, name) {
    if (typeof name === 'string' && !(name in target)) return 23;
    const value: unknown = Reflect.get(target, name);
    return typeof value === 'function' ? value.bind(target) : value;
  },
});

type Texts = { readonly [name: string]: string | ((...parameters: unknown[]) => string) | Texts };

/** All texts of a language by their full names: the text, and the number of its parameters. */
function flatten(texts: Texts, prefix = ''): Map<string, { shown: string; parameters: number }> {
  const found = new Map<string, { shown: string; parameters: number }>();
  for (const [name, value] of Object.entries(texts)) {
    const full = prefix + name;
    if (typeof value === 'string') found.set(full, { shown: value, parameters: 0 });
    else if (typeof value === 'function') {
      const { length } = value;
      found.set(full, { shown: value(...Array(length).fill(PARAMETER)), parameters: length });
    } else for (const entry of flatten(value, `${full}.`)) found.set(...entry);
  }
  return found;
}

const languages = Object.entries({
  en: { ...en, picturesText: enPictures },
  de: { ...de, picturesText: dePictures },
  es: { ...es, picturesText: esPictures },
}).map(([name, texts]) => [name, flatten(texts as unknown as Texts)] as const);
const [[, english]] = languages as [(typeof languages)[0]];

test.each(languages)('%s has all texts, with the same parameters, none empty', (_, texts) => {
  const shape = (of: typeof english) => Object.fromEntries([...of].map(([name, { parameters }]) => [name, parameters]));
  expect(shape(texts)).toEqual(shape(english));
  expect([...texts].filter(([, { shown }]) => shown.trim() === '')).toEqual([]);
});

test.each(languages)('%s names no file of the site and no answer of a server', (_, texts) => {
  expect([...texts].filter(([, { shown }]) => FOR_AUTHORS.test(shown))).toEqual([]);
});

test.each(languages.slice(1))('%s has no English left over', (_, texts) => {
  const isLeft = ([name, { shown }]: [string, { shown: string }]) =>
    (shown === english.get(name)?.shown && /[a-z]{2}/i.test(shown) && !SAME.has(shown)) || ENGLISH.test(shown);
  expect([...texts].filter(isLeft)).toEqual([]);
});

test.each(languages)('%s says first, in one line of a small phone, whether it works offline', (_, texts) => {
  const notKept = [...texts].filter(([name]) => name.startsWith('loading.notKept.') && !name.endsWith('development'));
  expect(notKept).not.toEqual([]);
  expect(notKept.filter(([, { shown }]) => !/^[^.]{5,43}\./.test(shown))).toEqual([]);
});
