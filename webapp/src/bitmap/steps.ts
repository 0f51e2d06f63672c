/** Work in steps: each yields how much of it is done, 0 to 1. */
export type Steps<Result> = Generator<number, Result, void>;
