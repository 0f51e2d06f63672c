// What the benchmark sets beside this page: ?peer= names one of PEERS. Each becomes the global `peer`, with
// `classify(pixels)`, n×784 to n×10 probabilities, and `read(i)`, from the ink of digit i to its probabilities.

const query = new URLSearchParams(location.search);
const SIDE = 280; // CSS pixels of a usual page's canvas

const fetchScript = (src) =>
  new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement('script'), { src, onload: resolve, onerror: reject }));
  });

/** The textbook network on the whole of TF.js, and what most pages do: squeeze the canvas to 28×28. */
async function usual(backend) {
  await fetchScript('tf.min.js');
  if (backend) {
    await fetchScript('tf-backend-wasm.min.js');
    tf.wasm.setWasmPaths('./');
    await tf.setBackend(backend);
  }
  await tf.ready();
  const model = await tf.loadLayersModel(`../${query.get('model')}/model.json`);
  const small = new OffscreenCanvas(28, 28).getContext('2d', { willReadFrequently: true });
  const canvases = [];

  async function classify(pixels) {
    const output = tf.tidy(() => model.predict(tf.tensor(pixels, [pixels.length / 784, 28, 28, 1])));
    const probabilities = await output.data();
    output.dispose();
    return probabilities;
  }

  return {
    name: `TF.js ${tf.version.tfjs}, ${tf.getBackend()}`,
    classify,
    draw(inks) {
      canvases.splice(0, Infinity, ...inks.map(drawn));
    },
    read(i) {
      small.drawImage(canvases[i % canvases.length], 0, 0, 28, 28);
      const { data } = small.getImageData(0, 0, 28, 28);
      return classify(Float32Array.from({ length: 784 }, (_, pixel) => data[4 * pixel] / 255));
    },
    /** Train the last layer on the features of `pixels`, for 20 epochs as this page does. */
    async learn(pixels, labels) {
      const features = tf.model({ inputs: model.inputs, outputs: model.layers.at(-2).output });
      const [x, y] = tf.tidy(() => [
        features.predict(tf.tensor(pixels, [labels.length, 28, 28, 1])),
        tf.oneHot(tf.tensor1d(labels, 'int32'), 10).toFloat(),
      ]);
      const head = tf.sequential({
        layers: [tf.layers.dense({ units: 10, activation: 'softmax', inputShape: [x.shape[1]] })],
      });
      head.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy' });
      await head.fit(x, y, { epochs: 20, batchSize: 40 });
      tf.dispose([x, y, head]);
    },
  };
}

/** Ink on a canvas as usual pages draw it, white on black. */
function drawn(ink) {
  const canvas = new OffscreenCanvas(SIDE, SIDE);
  const pen = Object.assign(canvas.getContext('2d'), { lineWidth: 20, lineCap: 'round', strokeStyle: 'white' });
  const points = ink.flat();
  const [left, top] = [0, 1].map((axis) => Math.min(...points.map((point) => point[axis])));
  const size = Math.max(...points.map(([x, y]) => Math.max(x - left, y - top)), 1);
  const place = ([x, y]) => [40 + ((x - left) / size) * 200, 40 + ((y - top) / size) * 200];
  pen.fillRect(0, 0, SIDE, SIDE);
  for (const stroke of ink) {
    pen.beginPath();
    for (const point of stroke) pen.lineTo(...place(point));
    pen.stroke();
  }
  return canvas;
}

/** This page's own network and pixels on ONNX Runtime Web, one thread. */
async function onnx() {
  const [ort, { rasterizeInk }] = await Promise.all([
    import('./ort.wasm.min.mjs'),
    import(`${query.get('ours')}api/digitpad.js`),
  ]);
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create('network.onnx', { executionProviders: ['wasm'] });
  let inks;

  async function classify(pixels) {
    const answer = await session.run({ pixels: new ort.Tensor('float32', pixels, [pixels.length / 784, 784]) });
    return answer.probabilities.data;
  }

  return {
    name: `ONNX Runtime Web ${ort.env.versions.web}, wasm`,
    classify,
    draw(some) {
      inks = some;
    },
    read: (i) => classify(rasterizeInk(inks[i % inks.length])),
  };
}

/** How fast this machine multiplies and adds: a loop of WebAssembly with no memory, and no wait for a result. */
async function limit() {
  await fetchScript('wabt.js');
  const wabt = await WabtModule();
  const chains = Array.from({ length: 12 }, (_, i) => `$a${i}`); // as many as fit into the registers beside two factors
  const half = '(f32x4.splat (f32.const 0.5))';
  const loops = {
    plain: (a) => `(local.set ${a} (f32x4.add (f32x4.mul (local.get ${a}) (local.get $x)) (local.get $y)))`,
    fused: (a) => `(local.set ${a} (f32x4.relaxed_madd (local.get ${a}) (local.get $x) (local.get $y)))`,
  };
  const peak = {};
  for (const [name, step] of Object.entries(loops)) {
    const text = `(module (func (export "run") (param $n i32) (result f32)
      (local $x v128) (local $y v128) ${chains.map((a) => `(local ${a} v128)`).join(' ')}
      (local.set $x ${half}) (local.set $y ${half})
      (loop $again ${chains.map(step).join('\n').repeat(4)}
        (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
      (f32x4.extract_lane 0 ${chains.map((a) => `(local.get ${a})`).reduce((all, a) => `(f32x4.add ${all} ${a})`)})))`;
    const { buffer } = wabt.parseWat('peak.wat', text, { simd: true, relaxed_simd: true }).toBinary({});
    const compiled = await WebAssembly.instantiate(buffer).catch(() => null); // not every browser has the fused one
    peak[name] = compiled && ((n) => compiled.instance.exports.run(n));
  }
  const ROUNDS = 20_000;
  return {
    name: 'f32x4',
    /** Milliseconds of a million multiply-adds; null where the browser lacks the instruction. */
    async perMillion(kind, enough) {
      if (!peak[kind]) return null;
      const each = await timed(() => peak[kind](ROUNDS), enough);
      return (each / (ROUNDS * 4 * chains.length * 4)) * 1e6;
    },
  };
}

const PEERS = { tfjs: () => usual(), 'tfjs-wasm': () => usual('wasm'), onnx, limit };

globalThis.peer = await PEERS[query.get('peer')]();
