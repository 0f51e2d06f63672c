/** All that the page says, in English. One voice: short, calm, to a person. */
export const en = {
  page: {},
  loading: {},
  teaching: {},
  pictures: {},
  inside: {},
};
