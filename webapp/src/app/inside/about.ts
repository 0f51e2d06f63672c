import './about.css';
import { modelCard } from 'virtual:model-card';
import { html, nothing } from 'lit-html';
import { openDialog } from '../dialog';
import { insideText } from '../texts/inside/insideText';
import { language } from '../texts/text';
import type { DataSet, Share } from './modelCard';
import { ofThousand, paintWaffle } from './waffle';

/** Open what the page says about itself: how well it reads, what it can't do, what it learnt from. */
export function openAbout(): void {
  const { about } = insideText;
  const { read, refused, dataSets } = modelCard;
  const dialog = openDialog(
    'about',
    about.title,
    about.close,
    html`<p class="privacy">${about.privacy}</p>
      ${thousands(about.reads, about.readsNote, about.sets, read, about.ofThousand)}
      ${thousands(about.refuses, about.refusesNote, about.others, refused, about.taken)}
      <h3>${about.cannot}</h3>
      <ul>${about.limits.map((limit) => html`<li>${limit}</li>`)}</ul>
      ${dataSets.length > 0 ? html`<h3>${about.learntFrom}</h3><ul>${dataSets.map(dataSet)}</ul>` : nothing}
      <h3>${about.network}</h3>
      <dl data-testid="about-facts">${facts().map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
      <p class="licence">${about.licence}</p>`,
  );
  const style = getComputedStyle(dialog);
  const colours = { plain: style.getPropertyValue('--line'), mark: style.getPropertyValue('--alarm') };
  for (const canvas of dialog.querySelectorAll('canvas')) {
    const columns = canvas.clientWidth < 480 ? 50 : 100;
    const side = Math.max(3, Math.round((canvas.clientWidth * devicePixelRatio) / columns));
    paintWaffle(canvas, Number(canvas.dataset.marked), columns, side, colours);
  }
}

/** A heading, and for each set a picture of a thousand in which what went wrong is marked. */
function thousands(
  title: string,
  note: string,
  names: Readonly<Record<string, string>>,
  shares: readonly Share[],
  say: (wrong: string) => string,
) {
  if (shares.length === 0) return nothing;
  const figures = shares.map(({ name, share }) => {
    const wrong = ofThousand(1 - share);
    const [set, said] = [names[name] ?? name, say(number(wrong))];
    return html`<figure data-set=${name}>
      <figcaption><span>${set}</span> <strong>${said}</strong></figcaption>
      <canvas role="img" aria-label="${set}: ${said}" data-marked=${wrong}></canvas>
    </figure>`;
  });
  return html`<h3>${title}</h3><p>${note}</p>${figures}`;
}

function dataSet({ title, authors, licence, address, images }: DataSet) {
  const { about } = insideText;
  return html`<li><a href=${address} rel="noreferrer" target="_blank">${title}</a>, ${authors}. ${licence}. ${about.images(number(images))}.</li>`;
}

function facts(): [string, string][] {
  const { about } = insideText;
  const { version, parameters, bytes, threshold, seconds, cores } = modelCard;
  const percent = threshold.toLocaleString(language(), { style: 'percent' });
  return [
    [about.version, version],
    ...(parameters === null ? [] : [[about.parameters, number(parameters)] as [string, string]]),
    [about.size, about.kilobytes(number(Math.round(bytes / 1000)))],
    [about.threshold, percent],
    ...(seconds === null || cores === null
      ? []
      : [
          [about.training, about.minutes(number(Math.max(1, Math.round(seconds / 60))), number(cores))] as [
            string,
            string,
          ],
        ]),
  ];
}

function number(value: number): string {
  return value.toLocaleString(language());
}
