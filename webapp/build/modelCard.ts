import type { ModelCard } from '../src/app/inside/modelCard';

/** The parts of description.json that the card shows. A model of `make train QUICK=1`, or of MNIST alone, lacks some. */
export interface Described {
  readonly version: string;
  readonly files: readonly { readonly bytes: number }[];
  readonly parameters?: number;
  readonly accuracy?: { readonly test?: { readonly quantized: number; readonly samples: number } };
  readonly data_sets?: ModelCard['dataSets'];
  readonly refused?: Readonly<Record<string, number>> | null;
  readonly training?: {
    readonly seconds?: number;
    readonly hardware?: { readonly cores?: number };
    readonly accuracy?: { readonly ink_test?: Readonly<Record<string, number>> | null };
  };
}

/** Sets of the description that hold no digits. */
const OTHERS = ['characters', 'nondigits'];

/** What a person may want to know of the model. */
export function modelCardOf(description: Described, threshold: number): ModelCard {
  const { version, files, parameters, accuracy, data_sets: dataSets = [], refused, training } = description;
  const test = accuracy?.test;
  const read = [
    ...(test ? [{ name: 'mnist', share: test.quantized }] : []),
    ...Object.entries(training?.accuracy?.ink_test ?? {}).map(([name, share]) => ({ name, share })),
  ];
  return {
    version,
    parameters: parameters ?? null,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    threshold,
    read,
    refused: OTHERS.flatMap((name) => {
      const share = refused?.[name];
      return share === undefined ? [] : [{ name, share }];
    }),
    dataSets,
    seconds: training?.seconds ?? null,
    cores: training?.hardware?.cores ?? null,
  };
}
