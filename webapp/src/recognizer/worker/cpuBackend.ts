/** TF.js's plain JavaScript backend, with all its kernels: a chunk that is fetched only where WASM is missing. */
import '@tensorflow/tfjs-backend-cpu';
