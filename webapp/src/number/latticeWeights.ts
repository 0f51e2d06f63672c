/**
 * What each feature of a candidate counts, in the order in which scoreCandidate.ts gives them.
 *
 * Fitted by `python -m tests.numbers.fit` to numbers written with the strokes of the pen digits' 18 training writers, as
 * natural logarithms of odds; features and their limits were chosen by six other writers.
 */
export const WEIGHTS: Readonly<Record<'network' | 'geometry', readonly number[]>> = {
  network: [
    1.54, // logarithm of the likeliest digit's probability
    7.28, // how far the network is from certainty, by the logarithm of its doubt
  ],
  geometry: [
    -0.91, // one digit more
    -4.26, // wider than 0.9
    -6.68, // lower than 0.75
    -7.16, // lower than 0.4
    0, // reach
    -0.11, // reach over 0.15
    -1.89, // apart
    -13.36, // swallowed
    -3.53, // interruptions
    0.91, // second piece
    -3.17, // third piece
    -1.83, // fourth piece
    -0.59, // a cut through a stroke, at one end
    -1.5, // length of a joint
  ],
};
