import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { modelCardOf } from '../../../webapp/build/modelCard';
import { siteFiles } from '../../../webapp/build/siteFiles';

const folder = fileURLToPath(new URL('../../../webapp/model', import.meta.url));
const description = JSON.parse(readFileSync(`${folder}/description.json`, 'utf8'));

test('the card of the model that ships has every figure from its description', () => {
  const card = modelCardOf(description, 0.4);
  const { pendigits, unipen } = description.training.accuracy.ink_test;
  expect(card.read).toEqual([
    { name: 'mnist', share: description.accuracy.test.quantized },
    { name: 'pendigits', share: pendigits },
    { name: 'unipen', share: unipen },
  ]);
  expect(card.refused).toEqual([
    { name: 'characters', share: description.refused.characters },
    { name: 'nondigits', share: description.refused.nondigits },
  ]);
  expect(card.bytes).toBe(description.files.reduce((sum: number, { bytes }: { bytes: number }) => sum + bytes, 0));
  expect(card.dataSets.map(({ licence }) => licence)).toEqual(['CC BY-SA 3.0', 'CC BY 4.0', 'CC BY 4.0']);
  expect(card).toMatchObject({ version: description.version, parameters: description.parameters, threshold: 0.4 });
  expect(card.seconds).toBe(description.training.seconds);
});

test('a model of which less is known has a card of that', () => {
  const files = [{ bytes: 3 }, { bytes: 4 }];
  const training = { accuracy: { ink_test: null } };
  expect(modelCardOf({ version: 'abc', files, training, refused: null }, 0.5)).toEqual({
    version: 'abc',
    parameters: null,
    bytes: 7,
    threshold: 0.5,
    read: [],
    refused: [],
    dataSets: [],
    seconds: null,
    cores: null,
  });
});

test('the build makes the card a module of its own, which the recognizer does not load', () => {
  const { load } = siteFiles(folder) as { load: (id: string) => string | null };
  expect(load('\0virtual:model-card')).toContain(`"version":"${description.version}"`);
  expect(load('\0virtual:site-files')).not.toContain('licence');
  expect(load('virtual:other')).toBeNull();
});
