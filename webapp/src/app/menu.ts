import { find } from './dom';
import { chooseLanguage, LANGUAGES, type Language, language } from './texts/text';

/** What the entries of the menu do. */
export interface MenuActions {
  readonly predict: () => void;
  readonly how: () => void;
  readonly learning: () => void;
  readonly about: () => void;
  /** The language was changed; the page must start again. */
  readonly restart: () => void;
}

/** The menu of what is not needed all the time. */
export function openMenuBy(actions: MenuActions): void {
  const dialog = find<HTMLDialogElement>('menu-panel');
  find('menu').addEventListener('click', () => dialog.showModal());
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close(); // beside its entries, which fill it
  });
  const entry = (name: string, action: () => void) =>
    find(name).addEventListener('click', () => {
      dialog.close();
      action();
    });
  entry('predict', actions.predict);
  entry('how', actions.how);
  entry('learning', actions.learning);
  entry('open-about', actions.about);
  const choice = find<HTMLSelectElement>('language');
  for (const [code, name] of Object.entries(LANGUAGES)) choice.add(new Option(name, code, false, code === language()));
  choice.addEventListener('change', () => {
    chooseLanguage(choice.value as Language);
    actions.restart();
  });
}
