import { IMAGE_SIZE } from '../../ink';
import type { DigitReading } from '../../reading';
import type { ImageReading } from '../../recognizer';
import { asPercent } from '../barChart';
import { makeButton } from '../makeButton';
import { showNetworkView } from '../networkView';
import { PICTURE_DIGIT, type PictureDigit } from '../pictureDigit';

const SVG = 'http://www.w3.org/2000/svg';
const PIXELS = IMAGE_SIZE * IMAGE_SIZE;

/** A card that shows what was read on a picture: where, what, and how sure. */
export function readingCard(name: string, reading: ImageReading, onRemove: (card: HTMLElement) => void): HTMLElement {
  const card = makeCard(name, onRemove);
  card.dataset.prediction = reading.text;
  card.dataset.confidence = String(Math.min(...reading.digits.map(({ confidence }) => confidence)));
  const number = child(card, 'p', 'number');
  for (const line of reading.lines) child(number, 'span', 'line').textContent = line;
  const digits = child(card, 'ol', 'digits');
  for (const [i, digit] of reading.digits.entries()) {
    digits.append(digitItem(digit, reading.images.subarray(i * PIXELS, (i + 1) * PIXELS)));
  }
  card.prepend(previewOf(reading));
  return card;
}

/** A card that says in one sentence why nothing was read. */
export function errorCard(name: string, sentence: string, onRemove: (card: HTMLElement) => void): HTMLElement {
  const card = makeCard(name, onRemove);
  card.dataset.error = sentence;
  card.classList.add('failed');
  child(card, 'p', 'why').textContent = sentence;
  return card;
}

function makeCard(name: string, onRemove: (card: HTMLElement) => void): HTMLElement {
  const card = document.createElement('article');
  card.className = 'card';
  card.dataset.testid = 'upload-result';
  const head = child(card, 'header', '');
  const title = child(head, 'h2', 'name');
  title.textContent = title.title = name;
  const remove = makeButton('×', 'remove-picture', () => onRemove(card), 'remove');
  remove.setAttribute('aria-label', `Remove ${name}`);
  head.append(remove);
  return card;
}

/** The picture, small, with a box round every digit. */
function previewOf({ preview, width, height, digits, text }: ImageReading): HTMLElement {
  const figure = document.createElement('div');
  figure.className = 'preview';
  const boxes = document.createElementNS(SVG, 'svg');
  boxes.setAttribute('viewBox', `0 0 ${width} ${height}`);
  boxes.setAttribute('role', 'img');
  boxes.setAttribute('aria-label', `The picture with a box round each digit: ${text}`);
  if (preview) {
    const image = document.createElementNS(SVG, 'image');
    image.setAttribute('href', URL.createObjectURL(preview));
    image.setAttribute('width', String(width));
    image.setAttribute('height', String(height));
    boxes.append(image);
  }
  const margin = 0.01 * Math.max(width, height);
  for (const { box, digit } of digits) {
    const rectangle = document.createElementNS(SVG, 'rect');
    rectangle.setAttribute('x', String(box.x - margin));
    rectangle.setAttribute('y', String(box.y - margin));
    rectangle.setAttribute('width', String(box.width + 2 * margin));
    rectangle.setAttribute('height', String(box.height + 2 * margin));
    if (digit === null) rectangle.setAttribute('class', 'unsure');
    boxes.append(rectangle);
  }
  figure.append(boxes);
  return figure;
}

function digitItem({ digit, confidence }: DigitReading, image: Float32Array): HTMLElement {
  const item = document.createElement('li');
  const point = () => {
    const detail: PictureDigit = { digit, pixels: image.slice() };
    whole.dispatchEvent(new CustomEvent(PICTURE_DIGIT, { detail, bubbles: true }));
  };
  const whole = makeButton('', 'picture-digit', point, 'pick');
  whole.title = 'Say what it is';
  item.append(whole);
  const canvas = child(whole, 'canvas', '') as HTMLCanvasElement;
  canvas.width = canvas.height = IMAGE_SIZE;
  canvas.setAttribute('aria-hidden', 'true');
  showNetworkView(canvas, image);
  child(whole, 'span', 'digit').textContent = digit === null ? '?' : String(digit);
  child(whole, 'span', 'sure').textContent = digit === null ? 'unsure' : asPercent(confidence);
  return item;
}

function child(parent: HTMLElement, tag: string, className: string): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  parent.append(made);
  return made;
}
