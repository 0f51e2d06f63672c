/** The parts of description.json that say where a model comes from. A model of `make train QUICK=1` lacks some. */
export interface Origin {
  readonly version: string;
  readonly parameters?: number;
  readonly data_sets?: readonly {
    readonly title: string;
    readonly authors: string;
    readonly licence: string;
    readonly address: string;
    readonly images: number;
  }[];
}

/** Where the model comes from, as Markdown: the data sets that it learnt from, and their licences. */
export function provenance({ version, parameters, data_sets: sets = [] }: Origin): string {
  const rows = sets.map(
    ({ title, authors, licence, address, images }) =>
      `| [${title}](${address}) | ${authors} | ${licence} | ${images.toLocaleString('en')} |`,
  );
  const size = parameters ? ` It has ${parameters.toLocaleString('en')} parameters.` : '';
  return `# Where the model comes from

Model ${version}, trained for Digitpad on the data sets below.${size} No data set is part of this package: \`files/replay-*.bin\`
holds numbers that the network computed of digits, not drawings.

| data set | authors | licence | images learnt from |
| --- | --- | --- | --- |
${rows.join('\n')}

Each data set was changed: its digits were redrawn, scaled, turned and distorted for training.
`;
}
