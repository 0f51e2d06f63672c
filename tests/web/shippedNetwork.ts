import { readFileSync } from 'node:fs';
import { buildModel, type Model } from '../../webapp/src/network';

const modelFile = (path: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(`../../webapp/model/${path}`, import.meta.url)));

/** A JSON file of webapp/model. */
export const modelJson = (path: string) => JSON.parse(new TextDecoder().decode(modelFile(path)));

const description: { files: { path: string }[]; sure_enough: number } = modelJson('description.json');

/** The confidence that a digit must exceed to be named. */
export const CONFIDENCE_THRESHOLD = description.sure_enough;

/** model.json and the shards of the network that ships. */
export const modelFiles = () => description.files.map(({ path }) => modelFile(path));

/** Build the network that ships. */
export const shippedNetwork = (): Promise<Model> => buildModel(modelFiles());
