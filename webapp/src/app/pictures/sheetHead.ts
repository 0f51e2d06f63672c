import { html, type TemplateResult } from 'lit-html';
import { picturesText } from '../texts/pictures/picturesText';
import { text } from '../texts/text';
import { icon, iconButton } from './resultCards';

const ADD = 'M12 5v14M5 12h14';
const CLOSE = 'M6 6l12 12M18 6L6 18';
const SAVE = 'M12 4v11M7 11l5 5 5-5M5 20h14';

/** What the head of the results shows and does. */
export interface SheetHead {
  readonly title: string;
  /** How many pictures are read, of how many; null where none is being read. */
  readonly progress: { readonly done: number; readonly all: number } | null;
  /** Whether there is anything to copy, save or remove. */
  readonly hasResults: boolean;
  readonly add: (files: readonly File[]) => void;
  readonly copy: () => void;
  readonly save: (format: 'CSV' | 'JSON') => void;
  readonly removeAll: () => void;
  readonly close: () => void;
}

/** The head of the results: how many there are, and what can be done with all of them. */
export function sheetHead(head: SheetHead): TemplateResult {
  const { add, copy, removeAll, saveAs } = picturesText;
  const choose = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    head.add([...(input.files ?? [])]);
    input.value = ''; // the same file may be chosen again
  };
  const saveButton = (format: 'CSV' | 'JSON', testId: string) => html`
    <button type="button" class="save" data-testid=${testId} aria-label=${saveAs(format)} title=${saveAs(format)}
      ?disabled=${!head.hasResults} @click=${() => head.save(format)}>${icon(SAVE)}${format}</button>`;
  return html`<h2 id="pictures-title" tabindex="-1" autofocus>${head.title}</h2>
    <label class="button add" title=${add}>${icon(ADD)}<span aria-hidden="true">${add}</span>
      <input type="file" data-testid="add-pictures" aria-label=${add} accept="image/*" multiple @change=${choose} /></label>
    <div class="buttons" ?hidden=${!head.hasResults && !head.progress}>
      <button type="button" data-testid="copy-results" ?disabled=${!head.hasResults} @click=${head.copy}>${copy}</button>
      ${saveButton('CSV', 'save-results')} ${saveButton('JSON', 'save-json')}
      <button type="button" data-testid="remove-results" @click=${head.removeAll}>${removeAll}</button>
    </div>
    ${iconButton(text.page.close, CLOSE, head.close, 'close-pictures')}
    <progress aria-label=${picturesText.progress} ?hidden=${!head.progress} max=${head.progress?.all ?? 1}
      value=${head.progress?.done ?? 0}></progress>`;
}
