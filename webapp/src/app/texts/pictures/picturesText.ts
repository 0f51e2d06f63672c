import { language } from '../text';
import { de } from './de';
import { en } from './en';
import { es } from './es';

/** The shape that all languages have. */
export type PicturesTexts = typeof en;

/** What the page says about pictures. The first visit does not need it: it comes with that part. */
export const picturesText: PicturesTexts = { en, de, es }[language()];
