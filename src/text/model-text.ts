import { cutAtBytes } from './cut-at-bytes.ts';
import { limitMarks } from './limit-marks.ts';
import { DEFAULT_TEXT_LIMITS, type TextLimits } from './limits.ts';

/**
 * What a text model is given: the caption as it was written, for the model was trained with a normalizer of its own, which
 * another one before it spoils ("C♯m⁷" is no "C♯m7"). Only what would take minutes is bounded, by the limits of every caption:
 * its bytes, which are more than the tokens that a model takes, and combining marks in a row.
 *
 * @param text - well-formed, as in `NormalizedText.text`.
 */
export function modelText(text: string, limits: TextLimits = DEFAULT_TEXT_LIMITS): string {
  const [bounded] = limitMarks(text, limits.marksInARow);
  return cutAtBytes(bounded, limits.normalizedBytes);
}
