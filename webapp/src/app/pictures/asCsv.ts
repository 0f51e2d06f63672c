/** What came of one file. */
export interface Result {
  readonly name: string;
  /** The digits of each line; none where nothing was read. */
  readonly lines: readonly string[];
  /** Of the least sure digit, 0 to 1; null where nothing was read. */
  readonly confidence: number | null;
  /** Why nothing was read; else empty. */
  readonly remark: string;
}

/**
 * Results as a table of comma-separated values (RFC 4180). Lines of one picture stand in one field, with spaces between.
 *
 * A file's name is somebody else's text: what a spreadsheet would run as a formula gets an apostrophe before it.
 */
export function asCsv(results: readonly Result[]): string {
  const rows = results.map(({ name, lines, confidence, remark }) => [
    harmless(name),
    lines.join(' '),
    confidence === null ? '' : confidence.toFixed(4),
    remark,
  ]);
  return [['file', 'number', 'confidence', 'remark'], ...rows]
    .map((row) => `${row.map(quoted).join(',')}\r\n`)
    .join('');
}

/** Results as text to paste: a line for each file, its name and its number apart by a tab. */
export function asText(results: readonly Result[]): string {
  return results.map(({ name, lines, remark }) => `${harmless(name)}\t${lines.join(' ') || remark}`).join('\n');
}

function harmless(text: string): string {
  const line = text.replace(/[\r\n\t]+/g, ' ');
  return /^\s*[=+\-@＝＋－＠]/.test(line) ? `'${line}` : line;
}

function quoted(field: string): string {
  return /[",\r\n']/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
