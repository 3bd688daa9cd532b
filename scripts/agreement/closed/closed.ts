import type { Style } from '../style.ts';
import { prompts } from './prompts.ts';
import { prose } from './prose.ts';
import { reviews } from './reviews.ts';
import { tags } from './tags.ts';
import { templates } from './templates.ts';

/** Captions in five styles, by somebody who had seen neither the code that reads them nor other captions; nobody has looked at them since. */
export const closed: readonly Style[] = [templates, prose, tags, prompts, reviews];
