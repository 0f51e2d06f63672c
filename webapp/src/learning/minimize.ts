/** The value of a function at `x`; writes its gradient there into `gradient`. */
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
  const size = start.length;
  let x: Float64Array = Float64Array.from(start);
  let gradient: Float64Array = new Float64Array(size);
  let value = objective(x, gradient);
  const goal = tolerance * largest(gradient);
  const past: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  for (let step = 0; step < steps && largest(gradient) > goal; step++) {
    const direction = downhill(gradient, past);
    const slope = dot(direction, gradient);
    const longest = past.length > 0 ? 1 : Math.min(1, 1 / Math.sqrt(dot(gradient, gradient)));
    let length = longest;
    const next = new Float64Array(size);
    const nextGradient = new Float64Array(size);
    let nextValue = Infinity;
    for (; length > SHORTEST_STEP * longest; length /= 2) {
      for (let i = 0; i < size; i++) next[i] = (x[i] as number) + length * (direction[i] as number);
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + SUFFICIENT_DECREASE * length * slope) break;
    }
    if (!(nextValue < value)) break; // the numbers are too coarse for a lower value
    const s = next.map((_, i) => (next[i] as number) - (x[i] as number));
    const y = next.map((_, i) => (nextGradient[i] as number) - (gradient[i] as number));
    const curvature = dot(s, y);
    if (curvature > 0) past.push({ s, y, rho: 1 / curvature });
    if (past.length > HISTORY) past.shift();
    [x, gradient, value] = [next, nextGradient, nextValue];
  }
  return x;
}

/** The step direction: minus the gradient times the inverse curvature estimated from past steps (two loops). */
function downhill(
  gradient: Float64Array,
  past: readonly { s: Float64Array; y: Float64Array; rho: number }[],
): Float64Array {
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

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i] as number) * (other[i] as number);
  return sum;
}

function addScaled(to: Float64Array, added: Float64Array, scale: number): void {
  for (let i = 0; i < to.length; i++) to[i] = (to[i] as number) + scale * (added[i] as number);
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}
