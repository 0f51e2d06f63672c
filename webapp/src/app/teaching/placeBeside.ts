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
 * Find the place beside an anchor: below it, above it, right or left of it, the first that is free; always in the window.
 *
 * @param room the part of the window that may be used.
 */
export function placeBeside(
  anchor: Rectangle,
  { width, height }: { readonly width: number; readonly height: number },
  room: Rectangle,
): { left: number; top: number } {
  const left = within((anchor.left + anchor.right - width) / 2, room.left, room.right - width);
  const top = within((anchor.top + anchor.bottom - height) / 2, room.top, room.bottom - height);
  const places = [
    { left, top: anchor.bottom + GAP },
    { left, top: anchor.top - GAP - height },
    { left: anchor.right + GAP, top },
    { left: anchor.left - GAP - width, top },
  ];
  const fits = (place: { left: number; top: number }) =>
    place.left >= room.left &&
    place.top >= room.top &&
    place.left + width <= room.right &&
    place.top + height <= room.bottom;
  return places.find(fits) ?? { left, top: within(anchor.bottom + GAP, room.top, room.bottom - height) };
}

function within(value: number, min: number, max: number): number {
  return Math.max(Math.min(value, max), min); // where there is too little room, the start is in view
}
