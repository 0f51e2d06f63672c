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

/** Without it, Excel takes UTF-8 for the computer's older encoding, and names in Cyrillic become nonsense. */
const BYTE_ORDER_MARK = '\ufeff';

/** A spreadsheet drops leading zeros, shows twelve digits as 1.23E+11, and knows only the first fifteen. */
const MISTAKEN_FOR_A_QUANTITY = /^(0\d+|\d{12,})$/;

/**
 * Results as comma-separated values (RFC 4180). The lines of one picture share a field, with spaces between.
 *
 * A file name may be hostile: one that a spreadsheet would run as a formula gets an apostrophe before it.
 *
 * @param columns the names of the four columns.
 */
export function asCsv(results: readonly Result[], columns: readonly string[]): string {
  const rows = results.map((result) => [
    inCell(result.name),
    inCell(result.lines.join(' ')),
    result.confidence === null ? '' : result.confidence.toFixed(4),
    result.remark,
  ]);
  const lines = [columns, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`);
  return BYTE_ORDER_MARK + lines.join('');
}

/** Results as text to paste: a line for each file, with a tab between its name and its number. */
export function asText(results: readonly Result[]): string {
  return results.map(({ name, lines, remark }) => `${inCell(name)}\t${inCell(lines.join(' ')) || remark}`).join('\n');
}

/** Text that a spreadsheet shows as it is. */
function inCell(content: string): string {
  const line = content.replace(/[\r\n\t]+/g, ' ');
  if (MISTAKEN_FOR_A_QUANTITY.test(line)) return asTextFormula(line);
  return /^\s*[=+\-@＝＋－＠]/.test(line) ? `'${line}` : line;
}

/** Quotes alone don't help: spreadsheets remove them first, and see a number. This formula holds nothing but digits. */
function asTextFormula(digits: string): string {
  return `="${digits}"`;
}

function quoted(field: string): string {
  return /[",\r\n']/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
