/**
 * The kernels that the exported model needs, and no others: TF.js's package index would register all 150, and none of
 * them could be left out of the bundle. A layer that needs another one fails in the browser tests by its name.
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
