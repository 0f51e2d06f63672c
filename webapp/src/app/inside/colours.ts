/**
 * Colour scales, computed in OKLCH (Ottosson 2020): lightness there is what the eye sees. Both can be read without telling
 * red from green, and the first one without colours at all.
 */

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

/** Steps of a scale. */
export const STEPS = 256;

const FOR = { hue: 255, chroma: 0.19 };
const AGAINST = { hue: 55, chroma: 0.17 };

/**
 * For 0 to 1, in 256 steps: as in viridis the lightness grows evenly while the hue goes from purple over green to yellow.
 * 0 is close to the paper: in a light page the scale runs the other way.
 */
export function sequentialScale(dark: boolean): Colour[] {
  return Array.from({ length: STEPS }, (_, step) => {
    const share = step / (STEPS - 1);
    const chroma = 0.01 + 0.15 * Math.sqrt(share);
    return dark
      ? fromOklch(0.25 + 0.67 * share, chroma, 300 - 195 * share)
      : fromOklch(0.95 - 0.67 * share, chroma, 105 + 195 * share);
  });
}

/** For -1 (orange) over 0 (grey) to 1 (blue), in 256 steps; blue and orange are told apart by everybody. */
export function divergingScale(dark: boolean): Colour[] {
  const [grey, full] = dark ? [0.5, 0.74] : [0.76, 0.52];
  return Array.from({ length: STEPS }, (_, step) => {
    const value = (2 * step) / (STEPS - 1) - 1;
    const { hue, chroma } = value > 0 ? FOR : AGAINST;
    const strength = Math.abs(value);
    // Orange of the same lightness as the blue would be brown.
    const end = value > 0 || dark ? full : full + 0.12;
    return fromOklch(grey + (end - grey) * strength, chroma * strength, hue);
  });
}

/** A step of a scale for 0 to 1. */
export function stepOf(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * (STEPS - 1));
}

/** For style sheets. */
export function cssOf([red, green, blue]: Colour): string {
  return `rgb(${red} ${green} ${blue})`;
}

/** @param hue in degrees. What a screen can't show is cut off. */
function fromOklch(lightness: number, chroma: number, hue: number): Colour {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    toByte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    toByte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    toByte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** Linear light to sRGB. */
function toByte(light: number): number {
  const level = light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, level)));
}
