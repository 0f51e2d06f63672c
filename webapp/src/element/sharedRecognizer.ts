import type { Recognizer } from '../recognizer';
import { createRecognizer } from '../recognizer/lazy';
import { fetchModelAhead } from './modelAhead';

/** So long after the last pad has left the document, in milliseconds, a recognizer is kept: pads move. */
const KEPT_MS = 5000;

/** A recognizer that several pads use. */
export interface Loan {
  readonly site: string;
  readonly reader: Promise<Recognizer>;
  pads: number;
  timer?: ReturnType<typeof setTimeout>;
}

const loans = new Map<string, Loan>();

/**
 * Use the recognizer of a site; the first pad starts it.
 *
 * @param site the folder of its index.html; empty for this module's own site.
 */
export function borrow(site: string): Loan {
  const loan = loans.get(site) ?? { site, reader: start(site), pads: 0 };
  loans.set(site, loan);
  clearTimeout(loan.timer);
  loan.pads++;
  return loan;
}

/** Use it no longer. */
export function giveBack(loan: Loan): void {
  loan.pads--;
  if (loan.pads === 0) loan.timer = setTimeout(() => endLoan(loan), KEPT_MS);
}

/** It has failed, or nobody uses it: the next pad starts another. */
export function endLoan(loan: Loan): void {
  if (loans.get(loan.site) === loan) loans.delete(loan.site);
  loan.reader.then(
    (reader) => reader.dispose(),
    () => {}, // it never started
  );
}

function start(site: string): Promise<Recognizer> {
  if (site) return createRecognizer({ baseUrl: site });
  fetchModelAhead();
  return createRecognizer();
}
