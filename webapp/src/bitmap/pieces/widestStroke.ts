import { type DarkInk, inkLevels } from '../paper/inkLevels';
import { reduceGrey } from '../paper/reduceGrey';
import { chooseThresholds } from '../paper/threshold';
import { findComponents, type Labelled } from './components';

/** The widest stroke before anything is known of the picture, as a share of its shorter side. */
const WIDEST = 0.3;

/** How much wider than the strokes of a picture ink may be: where strokes cross, and small loops are filled. */
const BLOTS = 4;

/** The narrowest that is looked for, in pixels. */
const NARROWEST = 12;

/** A first look at the strokes takes no more pixels than these. */
const ENOUGH_PIXELS = 500_000;

/**
 * How wide the picture's ink may be at the most, in pixels: what is wider is shadow. By a first look at the strokes.
 *
 * @param grey dark ink on light paper.
 */
export function widestStroke(grey: DarkInk): number {
  const factor = Math.ceil(Math.sqrt((grey.width * grey.height) / ENOUGH_PIXELS));
  const small = { ...reduceGrey(grey, factor), inverted: grey.inverted };
  const widest = WIDEST * Math.min(small.width, small.height);
  const levels = inkLevels(small, widest);
  const thresholds = chooseThresholds(levels);
  const stroke = thresholds === null ? null : typicalStroke(findComponents(levels, thresholds.rim, thresholds.ink));
  if (stroke === null) return widest * factor;
  return Math.min(Math.max(BLOTS * stroke * factor, NARROWEST), widest * factor);
}

/** The stroke width that half of the ink has at least; null without ink. What comes from beyond the picture is none. */
function typicalStroke({ labels, components }: Labelled): number | null {
  const { width, height, data } = labels;
  const crossings = new Uint32Array(components.length + 1);
  for (let y = 0; y < height; y++) {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const label = data[i] as number;
      if (label === 0) continue;
      // The beginnings alone: there are as many ends.
      const begins = (x === 0 || data[i - 1] !== label ? 2 : 0) + (y === 0 || data[i - width] !== label ? 2 : 0);
      crossings[label] = (crossings[label] as number) + begins;
    }
  }
  const inside = components.filter(
    (one) => one.x > 0 && one.y > 0 && one.x + one.width < width && one.y + one.height < height,
  );
  const strokes = (inside.length > 0 ? inside : components)
    .map(({ label, area }) => ({ area, width: (2 * area) / ((Math.PI / 4) * (crossings[label] as number)) }))
    .sort((a, b) => b.width - a.width);
  const all = strokes.reduce((sum, { area }) => sum + area, 0);
  let sum = 0;
  for (const stroke of strokes) {
    sum += stroke.area;
    if (2 * sum >= all) return stroke.width;
  }
  return null;
}
