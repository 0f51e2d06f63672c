import type { Texts } from './text';

/** All that the page says, in German. */
export const de: Texts = {
  page: {
    pad: 'Blatt: schreib eine Ziffer oder eine Zahl',
  },
  loading: {},
  teaching: {},
  pictures: {},
  inside: {},
};
