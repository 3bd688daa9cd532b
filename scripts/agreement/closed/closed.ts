import type { Style } from '../style.ts';
import { prompts } from './prompts.ts';
import { prose } from './prose.ts';
import { reviews } from './reviews.ts';
import { tags } from './tags.ts';
import { templates } from './templates.ts';

/** Captions that nobody who works on their reading has looked at, written without a look at the reader. */
export const closed: readonly Style[] = [templates, prose, tags, prompts, reviews];
