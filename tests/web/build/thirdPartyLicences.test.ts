import { expect, test } from 'vitest';
import { thirdPartyLicences } from '../../../webapp/build/thirdPartyLicences';

const APACHE = { version: '1.0.0', identifier: 'Apache-2.0', text: 'Apache License, in full' };
const MIT = { version: '2.0.0', identifier: 'MIT', text: 'MIT License\n\nCopyright (c) 2020 Ada\n\nPermission …' };

test('each text stands once, below the packages that it is for', () => {
  const text = thirdPartyLicences([
    { name: 'b', ...APACHE },
    { name: 'a', ...APACHE },
    { name: 'a', ...APACHE },
    { name: 'c', ...MIT },
  ]);
  expect(text.match(/Apache License, in full/g)).toHaveLength(1);
  expect(text).toContain('## a 1.0.0 (Apache-2.0), b 1.0.0 (Apache-2.0)\n\nApache License, in full');
  expect(text).toContain('## c 2.0.0 (MIT)\n\nMIT License');
});

test('a package without its text is an error', () => {
  const unknown = { name: 'unknown', version: '1.0.0', identifier: 'MIT', text: null };
  expect(() => thirdPartyLicences([unknown])).toThrow('The package unknown comes without its licence (MIT).');
});
