import type { StageName } from './run-files.ts';

/**
 * Raised when the same files and options give other records than before; part of every fingerprint.
 *
 * - text 2: captions of files are trimmed; a text model is given the caption as it was written, not its normal form.
 * - MIDI 2: files that are odd are read by the standard, and rows say what their tokens leave out.
 */
export const RESULTS_VERSION: Readonly<Record<StageName, number>> = { midi: 2, text: 2 };

/** The name of a stage's version among the options of its fingerprint. */
export function versionOption(stage: StageName): string {
  return `${stage}_results_version`;
}
