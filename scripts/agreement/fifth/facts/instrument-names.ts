/** Other names under which people mention an instrument; the name that the piece gives comes first. */
const synonyms: Readonly<Record<string, readonly string[]>> = {
  piano: ['piano', 'acoustic piano', 'grand piano'],
  'electric piano': ['electric piano', 'e-piano'],
  violin: ['violin', 'fiddle'],
  cello: ['cello', 'violoncello'],
  strings: ['strings', 'string section', 'string ensemble'],
  'string ensemble': ['string ensemble', 'strings', 'string section'],
  'acoustic guitar': ['acoustic guitar', 'guitar'],
  'electric guitar': ['electric guitar', 'guitar'],
  'electric bass': ['electric bass', 'bass guitar', 'bass'],
  bass: ['bass', 'bass guitar'],
  'double bass': ['double bass', 'upright bass', 'contrabass'],
  'acoustic bass': ['acoustic bass', 'upright bass'],
  'synth pad': ['synth pad', 'synthesizer pad', 'pad synth'],
  'synth lead': ['synth lead', 'lead synth', 'synthesizer lead'],
  saxophone: ['saxophone', 'sax'],
  'alto saxophone': ['alto saxophone', 'alto sax'],
  'tenor saxophone': ['tenor saxophone', 'tenor sax'],
  harmonica: ['harmonica', 'mouth organ'],
  vibraphone: ['vibraphone', 'vibes'],
  'french horn': ['french horn', 'French horn', 'horn'],
  brass: ['brass', 'brass section'],
  'brass section': ['brass section', 'brass'],
  choir: ['choir', 'choral voices', 'choir voices'],
  harpsichord: ['harpsichord', 'cembalo'],
  glockenspiel: ['glockenspiel', 'bells'],
};

/** Names of the drum kit. */
export const drumNames: readonly string[] = [
  'drums',
  'drums',
  'a drum kit',
  'percussion',
  'a drum set',
  'a drum track',
];

/** That nobody drums. */
export const noDrumPhrases: readonly string[] = ['no drums', 'no drums', 'no percussion', 'no drum kit'];

/** Seldom in a MIDI file: that they are absent stays true whatever the piece is said to be played by. */
export const rareInstruments: readonly string[] = ['bagpipes', 'theremin', 'didgeridoo', 'hurdy-gurdy', 'zither'];

/** Instruments to speak of where the piece is not meant. */
export const commonInstruments: readonly string[] = [
  'piano',
  'flute',
  'violin',
  'cello',
  'trumpet',
  'clarinet',
  'harp',
  'oboe',
  'banjo',
  'saxophone',
  'accordion',
  'ukulele',
  'trombone',
  'viola',
];

const struck = /drum|timpani|taiko|tom|percussion|xylo|marimba|vibra|glock|bell|celesta|kalimba|block|steel/i;

export function namesOf(instrument: string): readonly string[] {
  return synonyms[instrument] ?? [instrument];
}

export function isStruck(instrument: string): boolean {
  return struck.test(instrument);
}
