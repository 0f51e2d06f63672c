/** A rectangle in CSS pixels of the window. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** CSS pixels between the anchor and what is placed. */
const GAP = 8;

/**
 * Find a place beside an anchor, always in the window: below it, above it, right or left of it or of what must stay in view,
 * or at the lower edge of the window; the first of those that hide least.
 *
 * @param room the part of the window that may be used.
 * @param inView rectangles that must stay in view as far as can be, beside the anchor.
 */
export function placeBeside(
  anchor: Rectangle,
  { width, height }: { readonly width: number; readonly height: number },
  room: Rectangle,
  inView: readonly Rectangle[] = [],
): { left: number; top: number } {
  const left = (anchor.left + anchor.right - width) / 2;
  const top = (anchor.top + anchor.bottom - height) / 2;
  const places = [
    [left, anchor.bottom + GAP],
    [left, anchor.top - GAP - height],
    ...[anchor, ...inView].flatMap((one) => [
      [one.right + GAP, top],
      [one.left - GAP - width, top],
    ]),
    [left, room.bottom - height],
  ].map(([x = 0, y = 0]) => ({
    // Where there is too little room, the start is in view.
    left: Math.max(Math.min(x, room.right - width), room.left),
    top: Math.max(Math.min(y, room.bottom - height), room.top),
  }));
  const hidden = ({ left, top }: { left: number; top: number }) =>
    [anchor, ...inView].reduce(
      (sum, one) => sum + overlap(one, { left, top, right: left + width, bottom: top + height }),
      0,
    );
  return places.reduce((best, place) => (hidden(place) < hidden(best) ? place : best));
}

/** The area that two rectangles share. */
function overlap(one: Rectangle, other: Rectangle): number {
  const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return Math.max(across, 0) * Math.max(down, 0);
}
