import { html, type TemplateResult } from 'lit-html';
import { middleX } from '../../box';
import { picturesText } from '../texts/pictures/picturesText';
import { isDoubtful, type PictureDigit, shownAs, type Upright } from './pictureResult';
import { doubtOf } from './resultCards';

/** A box is larger than its digit by this share of the picture's longer side, but of a usual digit's height at most that. */
const MARGIN = 0.008;
const MARGIN_OF_DIGIT = 0.12;

/** A picture with more digits than this is a page: it is shown so large that they can be read, and scrolls. */
const PAGE = 60;

/** CSS pixels of a digit's height on a page, at least; but the preview is enlarged no more than so many times. */
const READABLE = 22;
const ENLARGED = 2;
const PREVIEW_SIDE = 1024;

export const isPage = (digits: readonly PictureDigit[]): boolean => digits.length > PAGE;

/** A button over each digit of a picture; `placeBoxes` puts them in their places. */
export function digitBoxes(digits: readonly PictureDigit[], selected: number): TemplateResult[] {
  return digits.map((digit, i) => {
    const said = [shownAs(digit) || picturesText.noDigit, doubtOf(digit)].filter((part) => part).join(', ');
    return html`<button type="button" class="box" data-testid="picture-digit" data-place=${i}
      data-state=${stateOf(digit)} data-selected=${i === selected} tabindex=${i === selected ? 0 : -1}
      aria-label=${picturesText.digit(said, i + 1, digits.length)}><span class="tag">${shownAs(digit) || '–'}</span></button>`;
  });
}

/** The place of the digit whose button an event is about; undefined for none. */
export function placeOf({ target }: Event): number | undefined {
  const place = (target as Element).closest<HTMLElement>('[data-place]')?.dataset.place;
  return place === undefined ? undefined : Number(place);
}

/** Give the frame its size and each box its place. The page's policy allows no style in templates. */
export function placeBoxes(frame: HTMLElement, boxes: Iterable<HTMLElement>, upright: Upright): void {
  const { width, height } = upright;
  const longer = Math.max(width, height);
  frame.style.setProperty('--ratio', String(width / height));
  const heights = upright.boxes.map((box) => box.height).sort((one, other) => one - other);
  const usual = heights[heights.length >> 1] ?? longer;
  const margin = Math.min(MARGIN * longer, MARGIN_OF_DIGIT * usual);
  const part = (length: number, whole: number) => `${(100 * length) / whole}%`;
  let i = 0;
  for (const { style } of boxes) {
    const box = upright.boxes[i++];
    if (box === undefined) continue;
    style.left = part(box.x - margin, width);
    style.top = part(box.y - margin, height);
    style.width = part(box.width + 2 * margin, width);
    style.height = part(box.height + 2 * margin, height);
  }
  const scale = Math.min(READABLE / usual, (ENLARGED * PREVIEW_SIDE) / longer);
  frame.style.setProperty('--page-width', heights.length > PAGE ? `${scale * width}px` : '0px');
}

/** Where a key leads from a digit; undefined where the key leads nowhere. */
export function placeAfterKey(
  key: string,
  from: number,
  digits: readonly PictureDigit[],
  { boxes }: Upright,
): number | undefined {
  const inNextLine = (by: number) => {
    const middle = (i: number) => middleX(boxes[i] ?? { x: 0, y: 0, width: 0, height: 0 });
    const line = (digits[from]?.line ?? 0) + by;
    const there = digits.flatMap((digit, i) => (digit.line === line ? [i] : []));
    const away = (i: number) => Math.abs(middle(i) - middle(from));
    return there.reduce((best, i) => (away(i) < away(best) ? i : best), there[0] ?? from);
  };
  const last = digits.length - 1;
  const targets: Record<string, () => number> = {
    ArrowLeft: () => from - 1,
    ArrowRight: () => from + 1,
    ArrowUp: () => inNextLine(-1),
    ArrowDown: () => inNextLine(1),
    Home: () => 0,
    End: () => last,
  };
  const target = targets[key]?.();
  return target === undefined ? undefined : Math.max(0, Math.min(last, target));
}

/** How a digit's box looks. */
export function stateOf(digit: PictureDigit): 'sure' | 'doubtful' | 'said' | 'none' {
  if (digit.said === null) return 'none';
  if (digit.said !== undefined) return 'said';
  return isDoubtful(digit) ? 'doubtful' : 'sure';
}
