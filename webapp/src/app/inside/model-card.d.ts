/** Made by the build (webapp/build/siteFiles.ts) from model/description.json. */
declare module 'virtual:model-card' {
  export const modelCard: import('./modelCard').ModelCard;
}
