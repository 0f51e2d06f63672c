export type { BackendName } from './layers';
export { buildModel, Model } from './model';
