import { expect, test } from 'vitest';
import { findComponents } from '../../../../webapp/src/bitmap/pieces/components';
import { levels } from '../made';

test('components hang together by edges and corners, and have a box', () => {
  const { labels, components } = findComponents(levels('#  +', ' #  ', '#  #', '   #'), 50, 150);
  expect(components.map(({ x, y, width, height, area }) => [x, y, width, height, area])).toEqual([
    [0, 0, 2, 3, 3],
    [3, 2, 1, 2, 2],
  ]);
  expect(Array.from(labels.data)).toEqual([1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 2, 0, 0, 0, 2]);
});

test('branches that meet further down are one component', () => {
  const { components } = findComponents(levels('# # #', '# # #', '#####'), 50, 150);
  expect(components).toHaveLength(1);
  expect(components[0]).toMatchObject({ x: 0, y: 0, width: 5, height: 3, area: 11 });
});
