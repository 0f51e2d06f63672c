interface Entry {
  readonly dialog: HTMLDialogElement;
  readonly id: string;
  pushed: boolean;
}

/** The open dialogs, the topmost last. */
const open: Entry[] = [];
/** How many entries of the browser's history, below the present one, are of dialogs that were left before those above. */
let leftBelow = 0;
/** Goes on when the browser has gone back for a dialog that was left in another way. */
let wentBack: Promise<void> = Promise.resolve();

/**
 * Open a modal dialog that Back leaves too, as Esc does.
 *
 * It has an entry of the browser's history as long as it is open, and Back closes the dialogs whose entries it leaves.
 */
export async function showModalForBack(dialog: HTMLDialogElement): Promise<void> {
  if (dialog.open) return;
  dialog.showModal();
  if (open.length === 0) addEventListener('popstate', closeLeft);
  const entry = { dialog, id: `${performance.timeOrigin}-${performance.now()}`, pushed: false };
  open.push(entry);
  dialog.addEventListener('close', () => void forget(entry), { once: true });
  await wentBack;
  if (!open.includes(entry)) return;
  history.pushState({ ...history.state, dialog: entry.id }, '');
  entry.pushed = true;
}

/** Close the dialogs that lie above the one of the present entry. */
function closeLeft(): void {
  const present = open.findIndex(({ id }) => id === history.state?.dialog);
  for (const { dialog } of open.splice(present + 1).reverse()) dialog.close();
}

async function forget(entry: Entry): Promise<void> {
  const place = open.indexOf(entry);
  if (place < 0) return; // Back has closed it
  open.splice(place, 1);
  if (open.length === 0) removeEventListener('popstate', closeLeft);
  await wentBack;
  if (!entry.pushed) return;
  if (history.state?.dialog !== entry.id) {
    leftBelow++;
    return;
  }
  const back = 1 + leftBelow;
  leftBelow = 0;
  wentBack = new Promise((resolve) => addEventListener('popstate', () => resolve(), { once: true }));
  history.go(-back);
}
