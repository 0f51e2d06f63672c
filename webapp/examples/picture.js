import { createRecognizer } from '../api/digitpad.js';

const [input, output] = ['input', 'output'].map((name) => document.querySelector(name));
let recognizer;
input.addEventListener('change', async () => {
  output.textContent = 'Reading …';
  try {
    recognizer ??= await createRecognizer();
    const { lines } = await recognizer.readImage(input.files[0]);
    output.textContent = lines.join('\n') || 'There is no number on it.';
  } catch (error) {
    output.textContent = error.message; // not a picture, damaged, too large; or the network failed
  }
});
