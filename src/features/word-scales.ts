/**
 * The words of MidiCaps (Melechovsky, Roy and Herremans, ISMIR 2024, `pipeline.py`) for tempo and duration: the word at
 * `i` holds up to and including the bound at `i`, the last word beyond every bound. Numbers are rounded first.
 */
interface WordScale {
  readonly bounds: readonly number[];
  readonly words: readonly string[];
}

/** Quarter notes per minute to the Italian tempo terms. */
const TEMPO_TERMS: WordScale = {
  bounds: [40, 60, 70, 90, 110, 140, 160, 210],
  words: ['Grave', 'Largo', 'Adagio', 'Andante', 'Moderato', 'Allegro', 'Vivace', 'Presto', 'Prestissimo'],
};

/** Quarter notes per minute to plain words. */
const TEMPO_WORDS: WordScale = {
  bounds: [80, 120, 160],
  words: ['Slow', 'Moderate tempo', 'Fast', 'Very fast'],
};

/** Seconds to words. */
const DURATION_WORDS: WordScale = {
  bounds: [30, 120, 300],
  words: ['Short fragment', 'Short song', 'Song', 'Long piece'],
};

export function tempoTerm(beatsPerMinute: number): string {
  return wordFor(beatsPerMinute, TEMPO_TERMS);
}

export function tempoWord(beatsPerMinute: number): string {
  return wordFor(beatsPerMinute, TEMPO_WORDS);
}

export function durationWord(seconds: number): string {
  return wordFor(seconds, DURATION_WORDS);
}

function wordFor(value: number, { bounds, words }: WordScale): string {
  const index = bounds.findIndex((bound) => Math.round(value) <= bound);
  return words[index === -1 ? bounds.length : index] ?? '';
}
