/**
 * Captions in five styles. They were written by somebody who had not seen the code that reads them, and kept apart from it until
 * their figures were known; since then they are looked at like the first.
 */
import { patternStyle } from './kept-apart/patterns.ts';
import { PROMPTS } from './kept-apart/prompts.ts';
import { PROSE } from './kept-apart/prose.ts';
import { REVIEWS } from './kept-apart/reviews.ts';
import { TAGS } from './kept-apart/tags.ts';
import { TEMPLATES } from './kept-apart/templates.ts';
import type { Style } from './style.ts';

export const KEPT_APART: readonly Style[] = [
  patternStyle('templates', TEMPLATES, 0),
  patternStyle('prose', PROSE, 0),
  patternStyle('tags', TAGS, 0.85),
  patternStyle('prompts', PROMPTS, 0.4),
  patternStyle('reviews', REVIEWS, 0),
];
