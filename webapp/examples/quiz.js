const [pad, question, answer] = ['digit-pad', '#question', '#answer'].map((name) => document.querySelector(name));
let [right, sum, pause] = [0, 0, 0];

function ask() {
  const [a, b] = [1, 2].map(() => Math.ceil(9 * Math.random()));
  sum = a + b;
  question.textContent = `${a} + ${b} =`;
  pad.value = '';
}

pad.addEventListener('reading', ({ detail: { reading, final } }) => {
  answer.textContent = reading.text || '?'; // also while the pen moves
  clearTimeout(pause);
  if (final && reading.text === String(sum)) pause = setTimeout(praise, 600); // the pen may go on
});

function praise() {
  right += 1;
  document.querySelector('output').textContent = `${right} right`;
  ask();
}
ask();
