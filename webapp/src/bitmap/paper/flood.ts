/** 1 for each pixel that `may` be and is connected to one of `seeds`, in four directions. */
export function connectedTo(
  seeds: readonly number[],
  width: number,
  height: number,
  may: (i: number) => boolean,
): Uint8Array {
  const mask = new Uint8Array(width * height);
  const stack = new Int32Array(width * height);
  for (const seed of seeds) {
    if (may(seed)) grow(mask, 1, seed, stack, width, may);
  }
  return mask;
}

/**
 * Mark the pixels that are connected to one, in four directions, and may be marked; those that are marked already end it.
 *
 * @param stack room for all pixels.
 * @returns how many there are.
 */
function grow(
  marks: Uint8Array | Int32Array,
  mark: number,
  seed: number,
  stack: Int32Array,
  width: number,
  may: (i: number) => boolean,
): number {
  if (marks[seed] !== 0) return 0;
  let [top, size] = [1, 1];
  stack[0] = seed;
  marks[seed] = mark;
  const add = (i: number) => {
    if (marks[i] !== 0 || !may(i)) return;
    marks[i] = mark;
    stack[top++] = i;
    size++;
  };
  while (top > 0) {
    const i = stack[--top] as number;
    const x = i % width;
    if (x > 0) add(i - 1);
    if (x < width - 1) add(i + 1);
    if (i >= width) add(i - width);
    if (i + width < marks.length) add(i + width);
  }
  return size;
}

/** The largest connected part of what is not `outside`; null where nothing is. */
export function largest(outside: Uint8Array, width: number, height: number): Uint8Array | null {
  const marks = new Int32Array(width * height);
  const stack = new Int32Array(width * height);
  let best = { mark: 0, size: 0 };
  for (let i = 0, mark = 0; i < marks.length && best.size <= marks.length / 2; i++) {
    if (marks[i] !== 0 || outside[i] === 1) continue;
    const size = grow(marks, ++mark, i, stack, width, (near) => outside[near] === 0);
    if (size > best.size) best = { mark, size };
  }
  return best.size > 0 ? Uint8Array.from(marks, (mark) => Number(mark === best.mark)) : null;
}

export function total(mask: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < mask.length; i++) sum += mask[i] as number;
  return sum;
}
