/** The result for one file. */
export interface Result {
  readonly name: string;
  /** The digits of each line; empty if nothing was read. */
  readonly lines: readonly string[];
  /** Confidence of the least sure digit, 0 to 1; null if nothing was read. */
  readonly confidence: number | null;
  /** Why nothing was read; else empty. */
  readonly remark: string;
}

/**
 * Results as comma-separated values (RFC 4180). The lines of one picture share a field, with spaces between.
 *
 * A file name may be hostile: one that a spreadsheet would run as a formula gets an apostrophe before it.
 */
export function asCsv(results: readonly Result[]): string {
  const rows = results.map(({ name, lines, confidence, remark }) => [
    withoutFormula(name),
    lines.join(' '),
    confidence === null ? '' : confidence.toFixed(4),
    remark,
  ]);
  return [['file', 'number', 'confidence', 'remark'], ...rows]
    .map((row) => `${row.map(quoted).join(',')}\r\n`)
    .join('');
}

/** Results as text to paste: a line for each file, with a tab between its name and its number. */
export function asText(results: readonly Result[]): string {
  return results.map(({ name, lines, remark }) => `${withoutFormula(name)}\t${lines.join(' ') || remark}`).join('\n');
}

function withoutFormula(text: string): string {
  const line = text.replace(/[\r\n\t]+/g, ' ');
  return /^\s*[=+\-@＝＋－＠]/.test(line) ? `'${line}` : line;
}

function quoted(field: string): string {
  return /[",\r\n']/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
