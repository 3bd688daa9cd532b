import type { TempoWord } from './claim.ts';
import { wordSet } from './word-set.ts';

/**
 * How a word has to stand to be of the tempo: `italian` is a marking; `plain` is one beside a piece of music or a word of pace;
 * `paced` only beside a word of pace, as it says other things of a piece; `mood` only right before one; `adverb` after a verb of going.
 */
export type TempoUse = 'sure' | 'italian' | 'plain' | 'paced' | 'mood' | 'adverb';

export interface TempoEntry {
  readonly word: TempoWord;
  readonly use: TempoUse;
}

const ENTRIES: readonly (readonly [words: string, word: TempoWord, use: TempoUse])[] = [
  ['grave larghissimo largo', 'very_slow', 'italian'],
  ['lento larghetto adagio adagietto', 'slow', 'italian'],
  ['andante andantino', 'walking', 'italian'],
  ['moderato allegretto', 'moderate', 'italian'],
  ['allegro vivace', 'fast', 'italian'],
  ['presto prestissimo', 'very_fast', 'italian'],
  ['uptempo', 'fast', 'sure'],
  ['midtempo', 'moderate', 'sure'],
  ['downtempo', 'slow', 'sure'],
  ['slow unhurried unrushed sluggish', 'slow', 'plain'],
  ['moderate medium middling', 'moderate', 'paced'],
  ['fast brisk', 'fast', 'plain'],
  ['leisurely', 'slow', 'plain'],
  ['crawling glacial plodding dragging', 'slow', 'paced'],
  ['slowish', 'calm', 'plain'],
  ['fastish', 'lively', 'plain'],
  ['relaxed stately easygoing ambling gentle calm lazy languid', 'calm', 'mood'],
  ['rapid quick swift speedy breakneck hurried', 'fast', 'paced'],
  ['lively sprightly snappy zippy spirited energetic peppy', 'lively', 'mood'],
  ['frantic racing furious blistering', 'fast', 'mood'],
  ['slowly unhurriedly sluggishly', 'slow', 'adverb'],
  ['quickly briskly rapidly swiftly speedily', 'fast', 'adverb'],
];

export const TEMPO_WORDS: ReadonlyMap<string, TempoEntry> = new Map(
  ENTRIES.flatMap(([words, word, use]) => words.split(' ').map((each) => [each, { word, use }] as const)),
);

/** Words of pace. */
export const PACE = wordSet(
  'tempo tempi pace paced speed beat groove tempos bpm clip gait pulse tempoed moving pacing',
);
/** What is slow or fast as a whole. */
export const TEMPO_PIECES = wordSet(`
  piece song track ballad waltz march composition tune music melody instrumental arrangement pop rock jazz blues dance
  polka folk number work sonata ballade lullaby hymn study etude prelude nocturne solo piano guitar one electronic
  techno house classical ambient thing miniature gem theme minuet mazurka tango sketch score movement film-score ragtime gospel soul
  affair cut jam anthem serenade organ violin cello flute trumpet clarinet strings recording performance file bolero
  sarabande elegy aria romance fantasy improvisation loop rendition reading take version tempo tarantella jig reel gigue samba rumba fanfare jingle toccata fugue scherzo rondo caprice intermezzo`);
/** After a word of tempo these are of a part or of something else. */
export const NOT_OF_THE_WHOLE = wordSet(`
  build builds building burn burning fade fades attack release decay down up arpeggio arpeggios runs run passages passage
  notes note scales scale rise motion harmonic chords chord trill trills picking fingerpicking vibrato strumming figures figure
  living cooker fashion life start ending section part bridge intro bit middle fingers dance-floor food lane cars learner fix walk morning afternoon sunday
  summer goodbye smile day motion-picture crescendo turn change changes movement movements tremolo lines line drums`);
/** Verbs that an adverb of tempo or a bare "fast" goes with. */
export const GOES = wordSet(`
  moves moving plays play playing played goes going flows it unfolds proceeds runs taken keeps performed moved unfolded sung
  progresses travels rolls marches swings trots dances ticks walks`);
/** Before a word of tempo that ends its clause. */
export const SAYS = wordSet(`
  is are was be very quite and tempo stays remains but piano playing it feels keep make stay kept both pretty how feel runs but
  rather slow fast guitar pace how it's it’s that's is isn't`);
/** "moderately fast", "not too slow", "slow enough for": in between, or of something else. */
export const WEAKENED = wordSet('too relatively medium mid semi enough less more twice half');
