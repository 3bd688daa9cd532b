/** What a word may begin or be, as bits: the rules for each are asked only of the words that they can hold for. */
export const WORD_KIND = {
  chord: 1,
  roman: 2,
  key: 4,
  tempo: 8,
  spelledNumber: 16,
  meter: 32,
  duration: 64,
  tempoWord: 128,
  instrument: 256,
  character: 512,
  comparison: 1024,
  latin: 2048,
  foreignLetters: 4096,
  english: 8192,
  foreign: 16_384,
} as const;
