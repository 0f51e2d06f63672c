import { createRecognizer } from '../api/digitpad.js';

const canvas = document.querySelector('canvas');
const context = Object.assign(canvas.getContext('2d'), { lineWidth: 4, lineCap: 'round' });
const starting = createRecognizer();
const strokes = []; // each a list of [x, y], y down, in any unit

canvas.addEventListener('pointerdown', ({ pointerId, offsetX, offsetY }) => {
  canvas.setPointerCapture(pointerId);
  strokes.push([[offsetX, offsetY]]);
  context.beginPath();
});
canvas.addEventListener('pointermove', ({ buttons, offsetX, offsetY }) => {
  if (buttons === 0) return;
  strokes.at(-1).push([offsetX, offsetY]);
  context.lineTo(offsetX, offsetY);
  context.stroke();
});
canvas.addEventListener('pointerup', async () => {
  const recognizer = await starting;
  const { text } = await recognizer.readInk(strokes);
  document.querySelector('output').textContent = text;
});
