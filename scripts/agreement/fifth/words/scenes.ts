/** What the music is wanted for, or goes with. */
export const scenes: readonly string[] = [
  'a documentary about glaciers',
  'a wedding video',
  'a cooking channel',
  'the end credits of a short film',
  'a puzzle game',
  'a meditation app',
  'a podcast about true crime',
  'a museum installation',
  'a character selection screen',
  'a scene in which two old friends part',
  'a product launch',
  'an animated fable',
];
