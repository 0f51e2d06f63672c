/** What the build tells of the model: all from model/description.json. */
export interface ModelCard {
  readonly version: string;
  readonly parameters: number | null;
  /** Of the files that the page fetches. */
  readonly bytes: number;
  /** A digit is named where its confidence, 0 to 1, exceeds this. */
  readonly threshold: number;
  /** The share that is read right, of digits that training never saw. */
  readonly read: readonly Share[];
  /** The share of which no digit is named, of what is no digit. */
  readonly refused: readonly Share[];
  readonly dataSets: readonly DataSet[];
  /** What the training took. */
  readonly seconds: number | null;
  readonly cores: number | null;
}

export interface Share {
  readonly name: string;
  readonly share: number;
}

export interface DataSet {
  readonly name: string;
  readonly title: string;
  readonly authors: string;
  readonly licence: string;
  readonly address: string;
  /** Images that were made of it. */
  readonly images: number;
}
