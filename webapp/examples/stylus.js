import { createRecognizer } from '../api/digitpad.js';

const canvas = document.querySelector('canvas');
const context = canvas.getContext('2d');
const starting = createRecognizer();
const strokes = []; // each a list of [x, y], y down, in any unit

canvas.addEventListener('pointerdown', (event) => {
  canvas.setPointerCapture(event.pointerId);
  strokes.push([]);
});
canvas.addEventListener('pointermove', ({ buttons, offsetX, offsetY }) => {
  if (buttons === 0) return;
  strokes.at(-1).push([offsetX, offsetY]);
  context.fillRect(offsetX - 2, offsetY - 2, 4, 4);
});
canvas.addEventListener('pointerup', async () => {
  const recognizer = await starting;
  const { text } = await recognizer.readInk(strokes);
  document.querySelector('output').textContent = text;
});
