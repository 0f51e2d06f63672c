import type { Texts } from './text';

/** All that the page says, in German. */
export const de: Texts = {
  page: {},
  loading: {},
  teaching: {},
  pictures: {},
  inside: {},
};
