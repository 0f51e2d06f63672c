import { render, svg } from 'lit-html';
import { IMAGE_SIZE, type Ink, inkBounds } from '../../ink';
import type { Correction } from '../../learning';
import { make } from '../dom';

/** A drawing in SVG: paths in a square. */
export interface ExampleShape {
  readonly viewBox: string;
  readonly paths: readonly string[];
  /** Of the lines, in the unit of the square. */
  readonly width: number;
  readonly opacity: number;
}

const INK_SHARE = 0.72; // of the square's side
const PEN_SHARE = 0.075;
/** Levels, 0 to 255, from which on a pixel gets one more layer of ink. */
const LAYERS = [32, 96, 160, 224];
const LAYER_OPACITY = 0.45; // four of them cover nine tenths

/** Draw an example, or a digit of a picture, in the text's colour, so that it follows the colours of the page. */
export function exampleDrawing(example: Pick<Correction, 'ink' | 'pixels'>) {
  const { viewBox, paths, width, opacity } = shapeOf(example);
  // The attributes stand on a group: those of <svg> would lose against the style of icons.
  return svg`<svg viewBox=${viewBox} aria-hidden="true">
      <g fill="none" stroke="currentColor" stroke-width=${width} stroke-opacity=${opacity}
        stroke-linecap=${example.ink ? 'round' : 'butt'}>${paths.map((path) => svg`<path d=${path} />`)}</g>
    </svg>`;
}

/** Make an element that shows a digit of a picture, 784 levels of ink, under a name. */
export function pictureOf(pixels: readonly number[], name: string): HTMLElement {
  const picture = make('div', 'picture');
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', name);
  render(exampleDrawing({ pixels }), picture);
  return picture;
}

/** Compute the paths of an example. */
export function shapeOf({ ink, pixels }: Pick<Correction, 'ink' | 'pixels'>): ExampleShape {
  if (ink) return shapeOfInk(ink);
  const paths = LAYERS.map((level) => runsFrom(pixels ?? [], level));
  return { viewBox: `0 0 ${IMAGE_SIZE} ${IMAGE_SIZE}`, paths, width: 1, opacity: LAYER_OPACITY };
}

function shapeOfInk(ink: Ink): ExampleShape {
  const box = inkBounds(ink) ?? { x: 0, y: 0, width: 0, height: 0 };
  const side = Math.max(box.width, box.height, 0.05) / INK_SHARE;
  const [left, top] = [box.x + (box.width - side) / 2, box.y + (box.height - side) / 2];
  const paths = ink.map(([first, ...rest]) => `M${first}L${(rest.length > 0 ? rest : [first]).join('L')}`);
  return { viewBox: `${left} ${top} ${side} ${side}`, paths, width: PEN_SHARE * side, opacity: 1 };
}

/** Horizontal lines over the pixels of at least this level. */
function runsFrom(pixels: readonly number[], level: number): string {
  let path = '';
  for (let y = 0; y < IMAGE_SIZE; y++) {
    for (let x = 0, start = -1; x <= IMAGE_SIZE; x++) {
      const inked = x < IMAGE_SIZE && (pixels[y * IMAGE_SIZE + x] ?? 0) >= level;
      if (inked && start < 0) start = x;
      if (inked || start < 0) continue;
      path += `M${start} ${y + 0.5}H${x}`;
      start = -1;
    }
  }
  return path;
}
