/** Pixels on each side of the network's image. */
export const IMAGE_SIZE = 28;

/** Pixels of the network's image. */
export const PIXELS = IMAGE_SIZE * IMAGE_SIZE;

/** The side of MNIST's box in pixels: a digit, pen width included, fills it in its longer direction. */
export const BOX_SIZE = 20;

/** The digits 0 to 9: what the network tells apart. */
export const CLASSES = 10;
