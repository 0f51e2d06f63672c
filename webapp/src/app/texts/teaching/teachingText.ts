import { language } from '../text';
import { de } from './de';
import { en } from './en';
import { es } from './es';

/** The shape that all languages have. */
export type TeachingTexts = typeof en;

/** What the page says about correcting and learning. The first visit does not need it: it comes with that part. */
export const teachingText: TeachingTexts = { en, de, es }[language()];
