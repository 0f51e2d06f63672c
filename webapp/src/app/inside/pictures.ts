import type { FeatureMaps, Inside } from '../../api';
import { IMAGE_SIZE, PIXELS } from '../../ink';
import { make } from '../dom';
import type { Colour } from './colours';
import { type MapGrid, mapGrid } from './mapGrid';
import { paintAnswer, paintHeat, paintMaps, Tiles } from './paint';

/** What the pictures show. */
export interface Shown {
  /** 784, 0 to 1. */
  readonly pixels: Float32Array;
  /** 784 of one digit; null while it is not known. */
  readonly heat: Float32Array | null;
  readonly probabilities: ArrayLike<number>;
  readonly inside: Inside | null;
}

/** The colours of the page. */
export interface Look {
  readonly sequential: readonly Colour[];
  readonly diverging: readonly Colour[];
  readonly best: string;
  readonly bar: string;
  readonly text: string;
  readonly family: string;
}

/** A canvas as wide as its place. */
export interface Picture {
  readonly canvas: HTMLCanvasElement;
  /** Take its size from its width in the page; `pixelRatio` is device pixels for each of the page's. Paint it afterwards. */
  fit(width: number, pixelRatio: number): void;
  paint(shown: Shown, look: Look): void;
}

export const NOTHING: Shown = {
  pixels: new Float32Array(PIXELS),
  heat: null,
  probabilities: new Float32Array(10),
  inside: null,
};

/** Pixels of the page. */
const GAP = 2;
const ANSWER_HEIGHT = 112;

/** What the network sees, with what decides. */
export function networkPicture(): Picture {
  const tiles = new Tiles();
  return pictureOf(
    (width) => IMAGE_SIZE * Math.max(1, Math.floor(width / IMAGE_SIZE)),
    (context, { pixels, heat }, { diverging }) => paintHeat(context, tiles, pixels, heat, diverging),
    (width) => width,
  );
}

/** The pictures that a layer makes; `index` is its place among those of Inside. */
export function mapsPicture(index: number, layer: FeatureMaps): Picture {
  return gridPicture(layer, ({ inside }) => inside?.layers[index]?.values ?? null);
}

/** The features, a square each. */
export function featuresPicture(count: number): Picture {
  return gridPicture({ channels: count, width: 1, height: 1 }, ({ inside }) => inside?.features ?? null);
}

/** The ten probabilities. */
export function answerPicture(): Picture {
  let ratio = 1;
  return pictureOf(
    (width) => width,
    (context, { probabilities }, { family, ...colours }) => {
      paintAnswer(context, probabilities, { ...colours, font: `600 ${15 * ratio}px ${family}` }, ratio);
    },
    (_, pixelRatio) => {
      ratio = pixelRatio;
      return Math.round(ANSWER_HEIGHT * ratio);
    },
  );
}

function gridPicture(
  size: Pick<FeatureMaps, 'channels' | 'width' | 'height'>,
  valuesOf: (shown: Shown) => Float32Array | null,
): Picture {
  const tiles = new Tiles();
  let grid: MapGrid | null = null;
  return pictureOf(
    (width) => width,
    (context, shown, { sequential }) => {
      if (grid) paintMaps(context, tiles, size, valuesOf(shown), grid, sequential);
    },
    (width, pixelRatio) => {
      grid = mapGrid(size.channels, size.width, size.height, width, Math.ceil(GAP * pixelRatio));
      return grid.height;
    },
  );
}

/** @param widthOf,heightOf the canvas's size for a width; all in device pixels. */
function pictureOf(
  widthOf: (width: number) => number,
  paint: (context: CanvasRenderingContext2D, shown: Shown, look: Look) => void,
  heightOf: (width: number, pixelRatio: number) => number,
): Picture {
  const canvas = make('canvas', '');
  canvas.setAttribute('role', 'img');
  return {
    canvas,
    fit(width, pixelRatio) {
      canvas.width = widthOf(Math.round(width * pixelRatio));
      canvas.height = heightOf(canvas.width, pixelRatio);
    },
    paint(shown, look) {
      const context = canvas.getContext('2d');
      if (context !== null) paint(context, shown, look);
    },
  };
}
