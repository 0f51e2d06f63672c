/** Made by the build, for a pad: the addresses of `modelFiles`, relative to a script of the site. */
declare module 'virtual:model-paths' {
  export const modelPaths: readonly string[];
}

/** Made by the build (webapp/build/siteFiles.ts): the files that the recognizer loads, with their sums, and its threshold. */
declare module 'virtual:site-files' {
  import type { SiteFile } from './fetchChecked';

  /** model.json first, then the weight shards in the order in which they are joined. */
  export const modelFiles: readonly SiteFile[];
  /** Digits to rehearse while learning; null for a model without them. */
  export const replayFile: SiteFile | null;
  /** The model's version, from its description. */
  export const modelVersion: string;
  /** The model's own threshold: a digit is named where its confidence, between 0 and 1, exceeds this. */
  export const confidenceThreshold: number;
}
