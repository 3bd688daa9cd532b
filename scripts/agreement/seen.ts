/** These captions were written by somebody who had not seen the code that reads them. */
import { PROMPTS } from './seen/prompts.ts';
import { PROSE } from './seen/prose.ts';
import { REVIEWS } from './seen/reviews.ts';
import { TAGS } from './seen/tags.ts';
import { TEMPLATES } from './seen/templates.ts';
import type { Style } from './style.ts';

export const SEEN: readonly Style[] = [TEMPLATES, PROSE, TAGS, PROMPTS, REVIEWS];
