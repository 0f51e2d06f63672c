/**
 * The layers of a network on 128-bit vectors of WebAssembly, in AssemblyScript. What wasmBody.ts hands in are places in this
 * module's memory, in bytes. Images are rows of pixels, each with its channels: multiples of eight, but for the input's one.
 */

/** Bytes of a float32, of a vector of four, and of a panel's row: eight columns of a matrix lie together. */
const FLOAT: usize = 4;
const VECTOR: usize = 16;
const PANEL: usize = 32;

/**
 * A convolution without padding; a dense layer is one that covers the whole image.
 *
 * @param weights eight output channels after eight, each with a row of eight for every row, column and channel it looks at.
 * @param least no result is less: 0 for ReLU, -Infinity for none.
 */
export function convolve(
  input: usize,
  weights: usize,
  bias: usize,
  output: usize,
  inputWidth: i32,
  inputChannels: i32,
  kernelHeight: i32,
  kernelWidth: i32,
  strideY: i32,
  strideX: i32,
  outputHeight: i32,
  outputWidth: i32,
  outputChannels: i32,
  least: f32,
): void {
  const pixel = FLOAT * inputChannels;
  const row = pixel * inputWidth;
  const across = pixel * kernelWidth;
  const outputPixel = FLOAT * outputChannels;
  const floor = f32x4.splat(least);
  for (let channel: usize = 0; channel < outputPixel; channel += PANEL) {
    const bias0 = v128.load(bias + channel);
    const bias1 = v128.load(bias + channel, VECTOR);
    let to = output + channel;
    for (let y = 0; y < outputHeight; y++) {
      let from = input + row * (y * strideY);
      for (let x = 0; x < outputWidth; x++) {
        let sum0 = bias0;
        let sum1 = bias1;
        let weight = weights;
        for (let k = 0; k < kernelHeight; k++) {
          const start = from + row * k;
          for (let at = start; at < start + across; at += FLOAT) {
            const value = v128.load32_splat(at);
            sum0 = multiplyAdd(sum0, value, v128.load(weight));
            sum1 = multiplyAdd(sum1, value, v128.load(weight, VECTOR));
            weight += PANEL;
          }
        }
        v128.store(to, f32x4.max(sum0, floor));
        v128.store(to, f32x4.max(sum1, floor), VECTOR);
        from += pixel * strideX;
        to += outputPixel;
      }
    }
    weights += (across * kernelHeight * PANEL) / FLOAT;
  }
}

/** The largest of each window. */
export function pool(
  input: usize,
  output: usize,
  inputWidth: i32,
  channels: i32,
  poolHeight: i32,
  poolWidth: i32,
  strideY: i32,
  strideX: i32,
  outputHeight: i32,
  outputWidth: i32,
): void {
  const pixel = FLOAT * channels;
  const row = pixel * inputWidth;
  for (let y = 0; y < outputHeight; y++) {
    for (let x = 0; x < outputWidth; x++) {
      const corner = input + row * (y * strideY) + pixel * (x * strideX);
      for (let channel: usize = 0; channel < pixel; channel += VECTOR) {
        let most = v128.load(corner + channel);
        for (let i = 0; i < poolHeight; i++) {
          for (let j = 0; j < poolWidth; j++) {
            most = f32x4.max(most, v128.load(corner + row * i + pixel * j + channel));
          }
        }
        v128.store(output + channel, most);
      }
      output += pixel;
    }
  }
}

/**
 * A 3×3 convolution with stride 1 and an even output, by Winograd's minimal filtering F(2×2, 3×3) (Lavin and Gray 2016, "Fast
 * Algorithms for Convolutional Neural Networks"): 16 products for 4 results, not 36.
 *
 * @param weights 16 matrices, see wasmBody.ts.
 * @param tiles room for the transformed input, @param products for the products.
 * @param rowsAtOnce rows of 2×2 results whose products are made together: few, so that they stay in the processor's cache.
 * @param pools whether only the largest of each 2×2 results is kept.
 */
export function winograd(
  input: usize,
  weights: usize,
  bias: usize,
  output: usize,
  tiles: usize,
  products: usize,
  inputWidth: i32,
  inputChannels: i32,
  outputHeight: i32,
  outputWidth: i32,
  outputChannels: i32,
  least: f32,
  rowsAtOnce: i32,
  pools: bool,
): void {
  const pixel = FLOAT * inputChannels;
  const row = pixel * inputWidth;
  const outputPixel = FLOAT * outputChannels;
  const outputRow = outputPixel * (pools ? outputWidth >> 1 : outputWidth);
  const tilesAcross = outputWidth >> 1;
  const tileRows = outputHeight >> 1;
  for (let first = 0; first < tileRows; first += rowsAtOnce) {
    const rows = min(rowsAtOnce, tileRows - first);
    const count = rows * tilesAcross;
    const tileStep = pixel * count;
    let to = tiles;
    for (let y = first; y < first + rows; y++) {
      let from = input + 2 * row * y;
      for (let x = 0; x < tilesAcross; x++) {
        for (let channel: usize = 0; channel < pixel; channel += VECTOR) {
          transformTile(from + channel, row, pixel, to + channel, tileStep);
        }
        from += 2 * pixel;
        to += pixel;
      }
    }
    const productStep = outputPixel * count;
    for (let k = 0; k < 16; k++) {
      const matrix = weights + pixel * outputChannels * k;
      multiply(tiles + tileStep * k, matrix, products + productStep * k, count, inputChannels, outputChannels);
    }
    let from = products;
    for (let y = first; y < first + rows; y++) {
      let result = output + outputRow * <usize>(pools ? y : 2 * y);
      for (let x = 0; x < tilesAcross; x++) {
        for (let channel: usize = 0; channel < outputPixel; channel += VECTOR) {
          const at = result + channel;
          sumTile(from + channel, productStep, v128.load(bias + channel), at, outputPixel, outputRow, least, pools);
        }
        from += outputPixel;
        result += pools ? outputPixel : 2 * outputPixel;
      }
    }
  }
}

/** Bᵀ d B of the 4×4 pixels d at `from`, four channels of them, as 16 vectors `step` bytes apart. */
function transformTile(from: usize, row: usize, pixel: usize, to: usize, step: usize): void {
  const row1 = from + row;
  const row2 = row1 + row;
  const row3 = row2 + row;
  let d0 = v128.load(from);
  let d1 = v128.load(row1);
  let d2 = v128.load(row2);
  let d3 = v128.load(row3);
  const a0 = f32x4.sub(d0, d2);
  const a1 = f32x4.add(d1, d2);
  const a2 = f32x4.sub(d2, d1);
  const a3 = f32x4.sub(d1, d3);
  d0 = v128.load(from + pixel);
  d1 = v128.load(row1 + pixel);
  d2 = v128.load(row2 + pixel);
  d3 = v128.load(row3 + pixel);
  const b0 = f32x4.sub(d0, d2);
  const b1 = f32x4.add(d1, d2);
  const b2 = f32x4.sub(d2, d1);
  const b3 = f32x4.sub(d1, d3);
  d0 = v128.load(from + 2 * pixel);
  d1 = v128.load(row1 + 2 * pixel);
  d2 = v128.load(row2 + 2 * pixel);
  d3 = v128.load(row3 + 2 * pixel);
  const c0 = f32x4.sub(d0, d2);
  const c1 = f32x4.add(d1, d2);
  const c2 = f32x4.sub(d2, d1);
  const c3 = f32x4.sub(d1, d3);
  d0 = v128.load(from + 3 * pixel);
  d1 = v128.load(row1 + 3 * pixel);
  d2 = v128.load(row2 + 3 * pixel);
  d3 = v128.load(row3 + 3 * pixel);
  storeRow(to, step, a0, b0, c0, f32x4.sub(d0, d2));
  storeRow(to + 4 * step, step, a1, b1, c1, f32x4.add(d1, d2));
  storeRow(to + 8 * step, step, a2, b2, c2, f32x4.sub(d2, d1));
  storeRow(to + 12 * step, step, a3, b3, c3, f32x4.sub(d1, d3));
}

function storeRow(to: usize, step: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(to, f32x4.sub(a, c));
  v128.store(to + step, f32x4.add(b, c));
  v128.store(to + 2 * step, f32x4.sub(c, b));
  v128.store(to + 3 * step, f32x4.sub(b, d));
}

/** Aᵀ m A of the 16 vectors m, `step` bytes apart: 2×2 results, to which the bias is added, or the largest of them. */
function sumTile(
  from: usize,
  step: usize,
  bias: v128,
  to: usize,
  pixel: usize,
  row: usize,
  least: f32,
  pools: bool,
): void {
  const floor = f32x4.splat(least);
  let m1 = v128.load(from + 4 * step);
  let m2 = v128.load(from + 8 * step);
  const p0 = f32x4.add(f32x4.add(v128.load(from), m1), m2);
  const q0 = f32x4.sub(f32x4.sub(m1, m2), v128.load(from + 12 * step));
  from += step;
  m1 = v128.load(from + 4 * step);
  m2 = v128.load(from + 8 * step);
  const p1 = f32x4.add(f32x4.add(v128.load(from), m1), m2);
  const q1 = f32x4.sub(f32x4.sub(m1, m2), v128.load(from + 12 * step));
  from += step;
  m1 = v128.load(from + 4 * step);
  m2 = v128.load(from + 8 * step);
  const p2 = f32x4.add(f32x4.add(v128.load(from), m1), m2);
  const q2 = f32x4.sub(f32x4.sub(m1, m2), v128.load(from + 12 * step));
  from += step;
  m1 = v128.load(from + 4 * step);
  m2 = v128.load(from + 8 * step);
  const p3 = f32x4.add(f32x4.add(v128.load(from), m1), m2);
  const q3 = f32x4.sub(f32x4.sub(m1, m2), v128.load(from + 12 * step));
  const y0 = f32x4.add(f32x4.add(p0, p1), p2);
  const y1 = f32x4.sub(f32x4.sub(p1, p2), p3);
  const y2 = f32x4.add(f32x4.add(q0, q1), q2);
  const y3 = f32x4.sub(f32x4.sub(q1, q2), q3);
  if (pools) {
    const most = f32x4.max(f32x4.max(y0, y1), f32x4.max(y2, y3));
    v128.store(to, f32x4.max(f32x4.add(most, bias), floor));
    return;
  }
  v128.store(to, f32x4.max(f32x4.add(y0, bias), floor));
  v128.store(to + pixel, f32x4.max(f32x4.add(y1, bias), floor));
  v128.store(to + row, f32x4.max(f32x4.add(y2, bias), floor));
  v128.store(to + row + pixel, f32x4.max(f32x4.add(y3, bias), floor));
}

/** c = a·b, of rows×depth and depth×columns; b's columns lie in panels of eight. */
function multiply(a: usize, b: usize, c: usize, rows: i32, depth: i32, columns: i32): void {
  const rowOfA = FLOAT * depth;
  const rowOfC = FLOAT * columns;
  // Four rows at a time, or three: one alone would wait for its own sums.
  let threes = -rows & 3;
  if (3 * threes > rows) threes = 0;
  const fours = (rows - 3 * threes) >> 2;
  for (let column: usize = 0; column < rowOfC; column += PANEL) {
    let from = a;
    let to = c + column;
    for (let i = 0; i < fours; i++) {
      multiplyFour(from, b, to, depth, rowOfA, rowOfC);
      from += 4 * rowOfA;
      to += 4 * rowOfC;
    }
    for (let i = 0; i < threes; i++) {
      multiplyThree(from, b, to, depth, rowOfA, rowOfC);
      from += 3 * rowOfA;
      to += 3 * rowOfC;
    }
    for (; from < a + rowOfA * rows; from += rowOfA) {
      multiplyOne(from, b, to, depth);
      to += rowOfC;
    }
    b += PANEL * depth;
  }
}

function multiplyFour(a: usize, b: usize, c: usize, depth: i32, rowOfA: usize, rowOfC: usize): void {
  const a1 = a + rowOfA;
  const a2 = a1 + rowOfA;
  const a3 = a2 + rowOfA;
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  const end = FLOAT * depth;
  for (let k: usize = 0; k < end; k += FLOAT) {
    const w0 = v128.load(b);
    const w1 = v128.load(b, VECTOR);
    let x = v128.load32_splat(a + k);
    s00 = multiplyAdd(s00, x, w0);
    s01 = multiplyAdd(s01, x, w1);
    x = v128.load32_splat(a1 + k);
    s10 = multiplyAdd(s10, x, w0);
    s11 = multiplyAdd(s11, x, w1);
    x = v128.load32_splat(a2 + k);
    s20 = multiplyAdd(s20, x, w0);
    s21 = multiplyAdd(s21, x, w1);
    x = v128.load32_splat(a3 + k);
    s30 = multiplyAdd(s30, x, w0);
    s31 = multiplyAdd(s31, x, w1);
    b += PANEL;
  }
  storePair(c, s00, s01);
  storePair(c + rowOfC, s10, s11);
  storePair(c + 2 * rowOfC, s20, s21);
  storePair(c + 3 * rowOfC, s30, s31);
}

function multiplyThree(a: usize, b: usize, c: usize, depth: i32, rowOfA: usize, rowOfC: usize): void {
  const a1 = a + rowOfA;
  const a2 = a1 + rowOfA;
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  const end = FLOAT * depth;
  for (let k: usize = 0; k < end; k += FLOAT) {
    const w0 = v128.load(b);
    const w1 = v128.load(b, VECTOR);
    let x = v128.load32_splat(a + k);
    s00 = multiplyAdd(s00, x, w0);
    s01 = multiplyAdd(s01, x, w1);
    x = v128.load32_splat(a1 + k);
    s10 = multiplyAdd(s10, x, w0);
    s11 = multiplyAdd(s11, x, w1);
    x = v128.load32_splat(a2 + k);
    s20 = multiplyAdd(s20, x, w0);
    s21 = multiplyAdd(s21, x, w1);
    b += PANEL;
  }
  storePair(c, s00, s01);
  storePair(c + rowOfC, s10, s11);
  storePair(c + 2 * rowOfC, s20, s21);
}

function multiplyOne(a: usize, b: usize, c: usize, depth: i32): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  for (const end = a + FLOAT * depth; a < end; a += FLOAT) {
    const x = v128.load32_splat(a);
    s0 = multiplyAdd(s0, x, v128.load(b));
    s1 = multiplyAdd(s1, x, v128.load(b, VECTOR));
    b += PANEL;
  }
  storePair(c, s0, s1);
}

function storePair(to: usize, one: v128, other: v128): void {
  v128.store(to, one);
  v128.store(to, other, VECTOR);
}

function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

/**
 * Lay out the kernel of a convolution as `convolve` wants it.
 *
 * @param kernel places×inputs×outputs.
 * @param channels the inputs with those that are added: rows of zeros.
 * @param scale each number is that many times what stands in the kernel, and `least`; then times the factor of its output.
 */
export function layOut(
  kernel: usize,
  to: usize,
  places: i32,
  inputs: i32,
  channels: i32,
  outputs: i32,
  scale: f32,
  least: f32,
  factors: usize,
): void {
  const panel = PANEL * places * channels;
  for (let place = 0; place < places; place++) {
    for (let input = 0; input < inputs; input++) {
      const row = to + PANEL * (place * channels + input);
      for (let output = 0; output < outputs; output++) {
        const value = (load<f32>(kernel) * scale + least) * load<f32>(factors + FLOAT * output);
        store<f32>(row + panel * (output >> 3) + FLOAT * (output & 7), value);
        kernel += FLOAT;
      }
    }
  }
}

/**
 * Lay out a 3×3 kernel as `winograd` wants it: 16 matrices of inputs×outputs, which hold the 16 numbers of G g Gᵀ for the kernel g
 * between each pair of channels. G has the rows 1 0 0, ½ ½ ½, ½ -½ ½ and 0 0 1.
 *
 * @param kernel 3×3×inputs×outputs.
 * @param inputRows, @param outputColumns inputs and outputs with those that are added, of zeros.
 * @param scale, @param least, @param factors as for `layOut`.
 */
export function layOutForWinograd(
  kernel: usize,
  to: usize,
  inputs: i32,
  inputRows: i32,
  outputs: i32,
  outputColumns: i32,
  scale: f32,
  least: f32,
  factors: usize,
): void {
  const pair = FLOAT * inputs * outputs;
  const matrix = FLOAT * inputRows * outputColumns;
  for (let input = 0; input < inputs; input++) {
    for (let output = 0; output < outputs; output++) {
      const place = to + PANEL * (inputRows * (output >> 3) + input) + FLOAT * (output & 7);
      const factor = load<f32>(factors + FLOAT * output);
      for (let y = 0; y < 4; y++) {
        const left = factor * mixed(kernel, 3 * pair, y, scale, least);
        const middle = factor * mixed(kernel + pair, 3 * pair, y, scale, least);
        const right = factor * mixed(kernel + 2 * pair, 3 * pair, y, scale, least);
        const row = place + matrix * (4 * y);
        store<f32>(row, left);
        store<f32>(row + matrix, (left + middle + right) / 2);
        store<f32>(row + 2 * matrix, (left - middle + right) / 2);
        store<f32>(row + 3 * matrix, right);
      }
      kernel += FLOAT;
    }
  }
}

/** One row of G times three numbers that are `step` bytes apart. */
function mixed(at: usize, step: usize, row: i32, scale: f32, least: f32): f32 {
  const upper = load<f32>(at) * scale + least;
  const middle = load<f32>(at + step) * scale + least;
  const lower = load<f32>(at + 2 * step) * scale + least;
  if (row === 0) return upper;
  if (row === 3) return lower;
  return (upper + (row === 1 ? middle : -middle) + lower) / 2;
}
