import { addScaled, difference, dot } from './vectors';

/** Return a function's value at `x`, and write its gradient there into `gradient`. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

/** Number of past steps that estimate the curvature. */
const HISTORY = 8;
/** A step must bring at least this share of the decrease that the slope predicts (Armijo). */
const SUFFICIENT_DECREASE = 1e-4;
/** The line search ends below this share of its first step. */
const SHORTEST_STEP = 1e-6;

/**
 * Minimize a smooth convex function from `start` by L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm 7.5)
 * with backtracking. Nothing is random: equal functions give equal results.
 *
 * @param tolerance the search ends when the largest slope is below this share of the first one.
 */
export function minimize(objective: Objective, start: Float64Array, steps: number, tolerance = 1e-3): Float64Array {
  let x = start.slice();
  let gradient = new Float64Array(start.length);
  let value = objective(x, gradient);
  const goal = tolerance * largest(gradient);
  const past: PastStep[] = [];
  for (let step = 0; step < steps && largest(gradient) > goal; step++) {
    const direction = downhill(gradient, past);
    const slope = dot(direction, gradient);
    const longest = past.length > 0 ? 1 : Math.min(1, 1 / Math.sqrt(dot(gradient, gradient)));
    let length = longest;
    const next = x.slice();
    const nextGradient = new Float64Array(x.length);
    let nextValue = Infinity;
    for (; length > SHORTEST_STEP * longest; length /= 2) {
      next.set(x);
      addScaled(next, direction, length);
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + SUFFICIENT_DECREASE * length * slope) break;
    }
    if (!(nextValue < value)) break; // the numbers are too coarse for a lower value
    const s = difference(next, x);
    const y = difference(nextGradient, gradient);
    const curvature = dot(s, y);
    if (curvature > 0) past.push({ s, y, rho: 1 / curvature });
    if (past.length > HISTORY) past.shift();
    [x, gradient, value] = [next, nextGradient, nextValue];
  }
  return x;
}

/** A change of x, that of the gradient, and 1 / their product. */
interface PastStep {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
}

/** The step direction: minus the gradient times the inverse curvature estimated from past steps (two loops). */
function downhill(gradient: Float64Array, past: readonly PastStep[]): Float64Array {
  const direction = gradient.map((slope) => -slope);
  const shares: number[] = [];
  for (const { s, y, rho } of [...past].reverse()) {
    const share = rho * dot(s, direction);
    shares.push(share);
    addScaled(direction, y, -share);
  }
  const last = past.at(-1);
  if (last) {
    const scale = 1 / (last.rho * dot(last.y, last.y));
    for (let i = 0; i < direction.length; i++) direction[i] = (direction[i] as number) * scale;
  }
  for (const { s, y, rho } of past) addScaled(direction, s, (shares.pop() as number) - rho * dot(y, direction));
  return direction;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
