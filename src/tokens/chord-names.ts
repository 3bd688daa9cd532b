import type { TokenizerOptions } from './tokenizer-config.ts';

const PITCH_CLASSES = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];

/** What Chord tokens say: each quality, with a root each root of it; then the numbers of notes of chords of no known quality. */
export function chordNames(options: TokenizerOptions): readonly string[] {
  const withRoots = (quality: string): readonly string[] =>
    options.chord_tokens_with_root_note ? PITCH_CLASSES.map((root) => `${root}:${quality}`) : [quality];
  const [fewest, end] = options.chord_unknown ?? [0, 0];
  const counts = Array.from({ length: Math.max(0, end - fewest) }, (_, index) => fewest + index);
  const unknown = options.chord_tokens_with_root_note ? 'ukn' : '';
  return [...options.chord_maps.map((map) => map.quality), ...counts.map((count) => `${unknown}${count}`)].flatMap(
    withRoots,
  );
}

/** Where in `chordNames` a chord is: `quality` counts the maps, then the numbers of notes. */
export function chordIndex(quality: number, rootPitch: number, options: TokenizerOptions): number {
  return options.chord_tokens_with_root_note ? quality * PITCH_CLASSES.length + (rootPitch % 12) : quality;
}
