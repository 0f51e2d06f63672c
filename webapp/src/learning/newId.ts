/** Make an id: the time, so that ids sort by age, then random digits, so that two devices never make the same id. */
export function newId(time: number): string {
  const [one, other] = crypto.getRandomValues(new Uint32Array(2));
  const chance = [one, other].map((number) => (number as number).toString(36).padStart(7, '0')).join('');
  return `${Math.max(Math.trunc(time), 0).toString(36).padStart(9, '0')}-${chance}`;
}
