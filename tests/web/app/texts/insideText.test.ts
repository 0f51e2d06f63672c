import { expect, test } from 'vitest';
import { de } from '../../../../webapp/src/app/texts/inside/de';
import { en } from '../../../../webapp/src/app/texts/inside/en';
import { es } from '../../../../webapp/src/app/texts/inside/es';

/** All texts by their path, functions called with 1, 2, 3. */
function textsOf(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'function') return textsOf(value(1, 2, 3), path);
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, part]) => textsOf(part, `${path}.${key}`));
}

const english = textsOf(en);

test.each(Object.entries({ de, es }))(
  '%s says as much as English, nothing empty and nothing left in English',
  (_, texts) => {
    const said = textsOf(texts);
    expect(said.map(([path]) => path)).toEqual(english.map(([path]) => path));
    expect(said.filter(([, text]) => text.trim() === '')).toEqual([]);
    const same = said.filter(([, text], i) => text === english[i]?.[1]);
    expect(same.map(([path]) => path)).toEqual(same.map(([path]) => path).filter((path) => SAME.includes(path)));
  },
);

/** What may be equal in two languages. */
const SAME = ['.about.version', '.about.kilobytes'];
