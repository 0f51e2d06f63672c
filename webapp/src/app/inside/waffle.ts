/** A picture of a thousand, of which some differ: one square each. */
export const THOUSAND = 1000;

/** How many of a thousand a share is; a share above none is at least one. */
export function ofThousand(share: number): number {
  return share > 0 ? Math.max(1, Math.round(share * THOUSAND)) : 0;
}

/**
 * The places of `count` squares among a thousand: spread, so that one sees how rare they are, and the same each time.
 * Multiples of the golden ratio are never close to each other (Weyl's sequence).
 */
export function spread(count: number): Set<number> {
  const places = new Set<number>();
  for (let i = 1; places.size < Math.min(count, THOUSAND); i++)
    places.add(Math.floor(((i * 0.6180339887) % 1) * THOUSAND));
  return places;
}

/**
 * Paint a thousand squares.
 *
 * @param marked how many are of the second colour.
 * @param columns 50 or 100, by the room.
 * @param side device pixels of a square, with its gap.
 */
export function paintWaffle(
  canvas: HTMLCanvasElement,
  marked: number,
  columns: number,
  side: number,
  { plain, mark }: { readonly plain: string; readonly mark: string },
): void {
  const rows = THOUSAND / columns;
  canvas.width = columns * side;
  canvas.height = rows * side;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const places = spread(marked);
  const gap = Math.max(1, Math.round(side / 6));
  for (let place = 0; place < THOUSAND; place++) {
    context.fillStyle = places.has(place) ? mark : plain;
    // Row by row the places of Weyl's sequence would line up; column by column they don't.
    const [column, row] = [Math.floor(place / rows), place % rows];
    context.fillRect(column * side, row * side, side - gap, side - gap);
  }
}
