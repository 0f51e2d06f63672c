import '@digitpad/element/define';

const [pad, output] = [document.querySelector('digit-pad'), document.querySelector('output')];
const form = document.querySelector('form');
const show = () => {
  output.textContent = new FormData(form).get('code');
};
pad.addEventListener('input', show);
form.addEventListener('reset', () => setTimeout(show)); // the event comes before the reset
