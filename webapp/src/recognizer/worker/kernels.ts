/**
 * The kernels that the exported model needs. TF.js's package index would register all 150, and the bundler could leave none
 * of them out. A layer that needs another kernel fails in the browser tests, with the kernel's name.
 */

import { _fusedMatMulConfig as fusedMatMulConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/_FusedMatMul';
import { fusedConv2DConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/FusedConv2D';
import { identityConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Identity';
import { maxPoolConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/MaxPool';
import { reshapeConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Reshape';
import { softmaxConfig } from '@tensorflow/tfjs-backend-wasm/dist/kernels/Softmax';
import type { KernelConfig } from '@tensorflow/tfjs-core';

export const WASM_KERNELS: readonly KernelConfig[] = [
  fusedConv2DConfig,
  fusedMatMulConfig,
  identityConfig,
  maxPoolConfig,
  reshapeConfig,
  softmaxConfig,
];
