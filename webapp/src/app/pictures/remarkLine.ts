import type { Remarks } from '../../bitmap';
import type { PicturesTexts } from '../texts/pictures/picturesText';

/**
 * What happened to a picture, in one line to a person: first what is missing in the reading, then what was done for it.
 * Empty where nothing happened.
 *
 * @param byUser whether the user turned the picture: then nobody has to be told.
 */
export function remarkLine(
  { turned, linesRemoved, leftOut, cutOff, notRead }: Remarks,
  texts: PicturesTexts['remarks'],
  byUser = false,
): string {
  const lost = [notRead > 0 && texts.notRead(notRead), cutOff > 0 && texts.cutOff(cutOff)];
  const done = [
    turned !== 0 && !byUser && texts.turned,
    linesRemoved === 'boxes' && texts.boxes,
    linesRemoved === 'paper' && texts.paper,
    leftOut > 0 && texts.leftOut(leftOut),
  ];
  return [...lost, done.filter((part) => part).join(', ')]
    .flatMap((part) => (part ? [`${part.charAt(0).toUpperCase()}${part.slice(1)}.`] : []))
    .join(' ');
}
