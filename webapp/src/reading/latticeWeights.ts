/**
 * What each feature of a candidate counts, in the order in which scoreCandidate.ts gives them.
 *
 * Fitted by `python -m tests.numbers.fit` to numbers written with the strokes of the pen digits' 18 training writers, as
 * natural logarithms of odds; features and their limits were chosen by six other writers.
 */
export const WEIGHTS: Readonly<Record<'network' | 'geometry', readonly number[]>> = {
  network: [
    0.94, // logarithm of the likeliest digit's probability
    7.94, // how far the network is from certainty, by the logarithm of its doubt
  ],
  geometry: [
    -0.12, // one digit more
    -4.79, // wider than 0.9
    -7.71, // lower than 0.75
    -1.68, // lower than 0.4
    -0.74, // reach
    -2.81, // reach over 0.15
    -1.16, // apart
    -17.13, // swallowed
    -2.67, // interruptions
    0.12, // second piece
    -1.83, // third piece
    -3.46, // fourth piece
  ],
};
