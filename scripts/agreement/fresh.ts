/**
 * Captions in five styles, by somebody who had seen neither the code that reads them nor the other captions. Their figures were
 * known before a caption was looked at; since then they are looked at like the others.
 */
import { captionStyle } from './fresh/caption-style.ts';
import { PROMPTS } from './fresh/prompts.ts';
import { PROSE } from './fresh/prose.ts';
import { REVIEWS } from './fresh/reviews.ts';
import { HASHTAGS, NAMED_TAGS, TAGS } from './fresh/tags.ts';
import { TEMPLATES } from './fresh/templates.ts';
import type { Style } from './style.ts';

export const FRESH: readonly Style[] = [
  captionStyle('templates', [TEMPLATES]),
  captionStyle('prose', [PROSE]),
  captionStyle('tags', [TAGS, NAMED_TAGS, TAGS, HASHTAGS]),
  captionStyle('prompts', [PROMPTS]),
  captionStyle('reviews', [REVIEWS]),
];
