/**
 * The weight of each feature of a candidate, in the order of scoreCandidate.ts.
 *
 * Fitted by `python -m tests.numbers.fit` to numbers made of the strokes of the training writers of the pen digits and of
 * UNIPEN, as natural logarithms of odds. Their validation writers chose the features and the limits of these.
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
    0, // longest pen lift
    -0.11, // longest pen lift over 0.15
    -1.89, // side by side
    -13.36, // overlap with others
    -3.53, // interruptions
    0.91, // second piece
    -3.17, // third piece
    -1.83, // fourth piece
    -0.59, // a cut through a stroke, at one end
    -1.5, // length of a connector
  ],
};
