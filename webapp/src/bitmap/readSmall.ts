import { DOUBTFUL } from '../reading';
import { MIN_CONFIDENCE } from './assemble';
import { closing } from './paper/closing';
import { enlarge } from './paper/enlarge';
import { isLightOnDark } from './paper/polarity';
import { type PictureReading, withBoxes } from './pictureReading';
import { invert, type Plane } from './plane';

/**
 * Read a small picture in more than one way, and take the surest: as it is, or enlarged as any other picture; or, where that
 * gives pieces in doubt, with the gaps closed that strokes get where a picture is shrunk without smoothing.
 *
 * @param asItIs what the network reads where the picture is like one of MNIST's; null where it is not.
 * @param read reads a picture of the usual size.
 */
export function readSmall(
  grey: Plane<Uint8Array>,
  asItIs: PictureReading | null,
  read: (grey: Plane<Uint8Array>) => PictureReading,
): PictureReading {
  const usual = readEnlarged(grey, read);
  const surer = asItIs !== null && sureness(asItIs) >= sureness(usual) ? asItIs : usual;
  const sure = sureness(surer);
  if (sure > DOUBTFUL || (surer.digits.length === 1 && sure >= MIN_CONFIDENCE)) return surer;
  const closed = readEnlarged(closeGaps(grey), read);
  const joined = surer.digits.length <= 1 || closed.digits.length < surer.digits.length;
  return joined && sureness(closed) > DOUBTFUL ? closed : surer;
}

/** The confidence in the least sure digit; 0 where there is none. */
function sureness({ digits }: PictureReading): number {
  return digits.reduce((least, { confidence }) => Math.min(least, confidence), digits.length > 0 ? 1 : 0);
}

function readEnlarged(grey: Plane<Uint8Array>, read: (grey: Plane<Uint8Array>) => PictureReading): PictureReading {
  const { grey: large, factor, room } = enlarge(grey);
  return withBoxes(read(large), ({ x, y, width, height }) => {
    return { x: x / factor - room, y: y / factor - room, width: width / factor, height: height / factor };
  });
}

/** Ink with its gaps of one or two pixels filled: a closing of the ink. */
function closeGaps(grey: Plane<Uint8Array>): Plane<Uint8Array> {
  return isLightOnDark(grey) ? closing(grey, 1) : invert(closing(invert(grey), 1));
}
