import { language } from '../text';
import { de } from './de';
import { en } from './en';
import { es } from './es';

/** The shape that all languages have. */
export type InsideTexts = typeof en;

/** What the look inside and the About panel say. The page's first visit does not need it: it comes with these parts. */
export const insideText: InsideTexts = { en, de, es }[language()];
