import type { Texts } from './text';

/** All that the page says, in Spanish. */
export const es: Texts = {
  page: {
    pad: 'Hoja: escribe un dígito o un número',
  },
  loading: {},
  teaching: {},
  pictures: {},
  inside: {},
};
