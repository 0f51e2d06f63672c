import type { FeatureMaps } from '../../api';

/** What a layer does, for people: the keys of its sentences. */
export type Stage = 'edges' | 'lines' | 'smaller' | 'parts' | 'largerParts' | 'places';

/** Layers that do the same, one after the other. */
export interface StageLayers {
  readonly stage: Stage;
  readonly layers: readonly FeatureMaps[];
}

/** Sort layers into what they do: neighbours that do the same stand together. */
export function stagesOf(layers: readonly FeatureMaps[]): StageLayers[] {
  const stages: { stage: Stage; layers: FeatureMaps[] }[] = [];
  for (const [i, layer] of layers.entries()) {
    const stage = stageOf(layers, i);
    const last = stages.at(-1);
    if (last?.stage === stage) last.layers.push(layer);
    else stages.push({ stage, layers: [layer] });
  }
  return stages;
}

function stageOf(layers: readonly FeatureMaps[], place: number): Stage {
  const before = layers.slice(0, place);
  if (layers[place]?.kind === 'pooling') return place === layers.length - 1 ? 'places' : 'smaller';
  if (before.every(({ kind }) => kind !== 'pooling')) return place === 0 ? 'edges' : 'lines';
  return before.at(-1)?.kind === 'pooling' ? 'parts' : 'largerParts';
}
