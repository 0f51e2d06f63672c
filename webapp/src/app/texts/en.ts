/** All that the page says, in English. One voice: short, calm, to a person. */
export const en = {
  page: {
    pad: 'Sheet: write a digit or a number',
  },
  loading: {},
  teaching: {},
  pictures: {},
  inside: {},
};
