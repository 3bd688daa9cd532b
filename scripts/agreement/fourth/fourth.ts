import type { Style } from '../style.ts';
import { prompts } from './prompts.ts';
import { prose } from './prose.ts';
import { reviews } from './reviews.ts';
import { tags } from './tags.ts';
import { templates } from './templates.ts';

/**
 * Captions in five styles, by somebody who had seen neither the code that reads them nor other captions. Their figures were known
 * before a caption was looked at; since then they are looked at like the others.
 */
export const FOURTH: readonly Style[] = [templates, prose, tags, prompts, reviews];
