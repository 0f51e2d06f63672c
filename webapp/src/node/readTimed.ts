import { type Classify, type Picture, type PictureReading, readPictureSteps, STAGE_ENDS } from '../bitmap';

/** Milliseconds that each stage of a reading took. */
export type Milliseconds = Record<keyof typeof STAGE_ENDS, number>;

/** Read a picture, and measure how long its stages take. */
export function readTimed(
  picture: Picture,
  classify: Classify,
  confidenceThreshold: number,
): PictureReading & { readonly milliseconds: Milliseconds } {
  const milliseconds: Milliseconds = { sheet: 0, ink: 0, wayUp: 0, pieces: 0, digits: 0 };
  const stages = Object.entries(STAGE_ENDS) as [keyof Milliseconds, number][];
  const steps = readPictureSteps(picture, classify, confidenceThreshold);
  for (let before = performance.now(); ; ) {
    const step = steps.next();
    const now = performance.now();
    const done = step.done ? STAGE_ENDS.digits : step.value;
    const [stage] = stages.find(([, end]) => done <= end + 1e-9) ?? ['digits'];
    milliseconds[stage as keyof Milliseconds] += now - before;
    before = now;
    if (step.done) return { ...step.value, milliseconds };
  }
}
