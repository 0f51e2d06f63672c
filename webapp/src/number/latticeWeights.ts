/**
 * The weight of each feature of a candidate, in the order of scoreCandidate.ts.
 *
 * Fitted by `python -m tests.numbers.fit` to numbers made of the strokes of the training writers of the pen digits and of
 * UNIPEN, as natural logarithms of odds. Their validation writers chose the features and the limits of these.
 */
export const WEIGHTS: Readonly<Record<'network' | 'geometry', readonly number[]>> = {
  network: [
    0.13, // logarithm of the likeliest digit's probability
    9.75, // how far the network is from certainty, by the logarithm of its doubt
  ],
  geometry: [
    0.62, // one digit more
    -2.85, // wider than 0.9
    -6.59, // lower than 0.75
    -26.98, // lower than 0.4
    -3.58, // longest pen lift
    0, // longest pen lift over 0.15
    -1.2, // side by side
    -23.45, // overlap with others
    -4.71, // interruptions
    -0.97, // second piece
    -4.62, // third piece
    -0.33, // fourth piece
    -0.7, // a cut through a stroke, at one end
    -1.29, // length of a connector
  ],
};
