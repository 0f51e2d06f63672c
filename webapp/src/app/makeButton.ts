/** A button that can be found by `testId`, and looks as `className` says. */
export function makeButton(text: string, testId: string, onClick?: () => void, className = ''): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = text;
  button.dataset.testid = testId;
  button.className = className;
  if (onClick) button.addEventListener('click', onClick);
  return button;
}
