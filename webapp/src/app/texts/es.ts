import type { Texts } from './text';

/** All that the page says, in Spanish. */
export const es: Texts = {
  page: {},
  loading: {},
  teaching: {},
  pictures: {},
  inside: {},
};
