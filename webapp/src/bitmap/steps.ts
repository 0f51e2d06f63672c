/** Work in steps: each yields how much of it is done, 0 to 1. */
export type Steps<Result> = Generator<number, Result, void>;

/** Steps as a part of longer work, of which `from` is done before and `to` after them. */
export function* partOf<Result>(steps: Steps<Result>, from: number, to: number): Steps<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    yield from + (to - from) * step.value;
  }
}

/** The result of steps, in one go. */
export function toTheEnd<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
