/** Made by the build (webapp/build/kernels.ts): the kernels that kernels/index.ts compiles to. */
declare module 'virtual:kernels' {
  export const kernels: Uint8Array<ArrayBuffer>;
}
