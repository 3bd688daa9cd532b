import { amateurReviewers } from './amateur-reviewers.ts';
import { styleOf } from './lines.ts';
import { professionalReviewers } from './professional-reviewers.ts';

/** Opinions: much talk, works that are not this piece, and now and then a fact. */
export const reviews = styleOf('reviews', [...amateurReviewers, ...professionalReviewers]);
