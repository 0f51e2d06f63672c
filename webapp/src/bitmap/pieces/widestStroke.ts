import { type DarkInk, inkLevels } from '../paper/inkLevels';
import { reduceGrey } from '../paper/reduceGrey';
import { chooseThresholds } from '../paper/threshold';
import { weightedMedian } from '../statistics';
import { findComponents, type Labelled } from './components';

/** The widest stroke, as a share of the picture's shorter side, before anything is known of the strokes. */
const MAX_SHARE = 0.3;

/** Ink may be this much wider than the picture's strokes: where strokes cross, and small loops are filled. */
const BLOT_RATIO = 4;

/** What fills less of the box around it are lines of boxes, thinner than strokes may be. */
const MIN_FILLED = 0.15;

/** The result is at least this wide, in pixels. */
const MIN_WIDTH = 12;

/** Pixels of the reduced picture. */
const MAX_PIXELS = 500_000;

/**
 * How wide the picture's ink may be, in pixels; what is wider is shadow. Found by a first look at the strokes.
 *
 * @param grey dark ink on light paper.
 */
export function widestStroke(grey: DarkInk): number {
  const { factor, ...reduced } = reduceGrey(grey, MAX_PIXELS);
  const small = { ...reduced, inverted: grey.inverted };
  const widest = MAX_SHARE * Math.min(small.width, small.height);
  const levels = inkLevels(small, widest);
  const thresholds = chooseThresholds(levels);
  if (thresholds === null) return widest * factor;
  const stroke = typicalStroke(findComponents(levels, thresholds.lowThreshold, thresholds.highThreshold));
  if (stroke === null) return widest * factor;
  return Math.min(Math.max(BLOT_RATIO * stroke * factor, MIN_WIDTH), widest * factor);
}

/** The mean width of strokes: twice their area by their outline, whose length the grid's crossings tell (Cauchy, Crofton). */
export function meanWidth(area: number, crossings: number): number {
  return (2 * area) / ((Math.PI / 4) * crossings);
}

/** Half of the ink has strokes at least so wide; null without ink. Ink at the picture's edge and lines count only if there is no other. */
function typicalStroke({ labels: { width, height, data }, components }: Labelled): number | null {
  const crossings = new Uint32Array(components.length + 1);
  for (let y = 0; y < height; y++) {
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const label = data[i] as number;
      if (label === 0) continue;
      // Only where a row or column enters the ink: it leaves it as often.
      const entered = Number(x === 0 || data[i - 1] !== label) + Number(y === 0 || data[i - width] !== label);
      crossings[label] = (crossings[label] as number) + 2 * entered;
    }
  }
  const inside = components.filter(
    (one) =>
      one.x > 0 &&
      one.y > 0 &&
      one.x + one.width < width &&
      one.y + one.height < height &&
      one.area >= MIN_FILLED * one.width * one.height,
  );
  return weightedMedian(
    (inside.length > 0 ? inside : components).map(({ label, area }) => {
      return { value: meanWidth(area, crossings[label] as number), weight: area };
    }),
  );
}
