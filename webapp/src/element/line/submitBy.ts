/** Types of inputs in which Enter submits; a form with several of them, and no submit button, is not submitted. */
const SUBMITTING = ['text', 'search', 'tel', 'url', 'email', 'password', 'date', 'month', 'week', 'time'];
const TYPES = [...SUBMITTING, 'datetime-local', 'number', 'digit-pad'];

/** Submit a control's form as Enter in a text input does. */
export function submitByEnter({ form }: { readonly form: HTMLFormElement | null }): void {
  const controls = [...(form?.elements ?? [])] as HTMLInputElement[];
  const button = controls.find(({ type, localName }) => type === 'submit' && /^(input|button)$/.test(localName));
  if (button)
    button.click(); // a disabled one does nothing
  else if (controls.filter(({ type }) => TYPES.includes(type)).length === 1) form?.requestSubmit();
}
