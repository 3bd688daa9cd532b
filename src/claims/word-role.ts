import { INSTRUMENTS_BY_WORD } from './instrument-lexicon.ts';
import { TEMPO_WORDS } from './tempo-word-lexicon.ts';

/** What a word does in its sentence, as bits; a word that has none is not understood. */
export const ROLE = {
  determiner: 1,
  preposition: 2,
  and: 4,
  /** Says that its object is there: "has", "uses", "write". */
  has: 8,
  /** Said of what sounds: "enters", "carries". */
  sounds: 16,
  be: 32,
  /** "played", "scored": before "by", "on" and "for". */
  played: 64,
  /** A work of music, or a part of one's making: "piece", "cover", "lead", "chords". */
  music: 128,
  instrument: 256,
  /** Of a sound or an instrument: "warm", "grand". */
  quality: 512,
  /** Denies something near it. */
  denies: 1024,
  /** "sound of", "use of". */
  amount: 2048,
  edge: 4096,
  relative: 8192,
  adverb: 16_384,
  /** A part of a piece: "bridge", "introduction". */
  part: 32_768,
  owner: 65_536,
  /** A verb of any meaning that has a person and a tense. */
  finite: 131_072,
  pronoun: 262_144,
} as const;

const LISTS: readonly (readonly [role: keyof typeof ROLE, words: string])[] = [
  [
    'determiner',
    'the a an its this these that those some each both one two three four several only just many all another',
  ],
  ['owner', 'my your his her their our'],
  [
    'preposition',
    `in at on for with by of from to as like than over under above below beneath behind against around through between among beside
     into onto upon without within across during after before until near off out per via about toward towards besides beyond
     featuring including plus alongside underneath atop amid amidst except`,
  ],
  ['and', 'and & + , or nor plus'],
  [
    'has',
    `has have having had features feature featured uses use using used includes include contains contain combines combine combining
     blends blend blending pairs pair pairing mixes mix mixing plays play playing opens open begins begin starts start employs employ
     adds add adding brings bring gives give got get gets hear hears heard need needs want wants make makes making made write compose
     create generate produce build draft design prepare deliver craft put puts choose pick take takes took keep keeps keeping let want prefer showcases showcase showcasing
     highlights notice notices noticed recognise recognize detect spot spots leaves leave leaving presents present offers involves comprises comprising introduces introduce layers layering follows joins supports
     accompanies accompany accompanying doubles doubling consists love loves loved like likes enjoy enjoyed`,
  ],
  [
    'sounds',
    `plays play playing played enters enter entering carries carry carrying leads lead leading follows follow following joins join joining
     provides provide providing adds add adding supports support supporting supported swells swell keeps keep keeping drives drive driving
     accompanies accompany accompanying accompanied doubles double takes take comes come coming sings sing singing answers answer
     fills fill filling opens open opening begins begin starts start ends end states state stating repeats repeat holds hold holding
     sustains sustain moves move moving dominates dominate sounds sound sounding rings ring weaves weave floats float
     outlines outline gives give brings bring sets set has have had does do did makes make shines shine stands runs run underneath
     underpins underpin anchors anchor features feature introduces introduce presents present delivers deliver performs perform
     remains remain stays stay alternates alternate unfolds throughout alone only solo`,
  ],
  ['be', 'is are was were be been being isn’t'],
  [
    'played',
    `played performed sung carried led heard presented stated rendered given recorded arranged written scored composed set made built done
     voiced accompanied supported driven dominated introduced joined backed followed conceived transcribed produced delivered taken
     doubled underpinned anchored intended meant played handled provided interpreted captured reimagined imagined tracked sampled
     assigned limited confined restricted reduced entrusted belongs left spelled spelt tune melody theme lead`,
  ],
  [
    'music',
    `piece pieces song songs track tracks ballad ballads waltz waltzes march minuet mazurka polka music tune tunes composition work
     instrumental instrumentals arrangement cover version rendition solo solos duet duo trio quartet lead melody melodies line lines chord chords
     arpeggio arpeggios accompaniment part parts pattern patterns riff riffs groove texture figure figures motif motifs theme themes study studies
     etude etudes nocturne prelude loop loops beat beats intro outro fill fills section sections ensemble sound sounds tone tones note notes timbre timbres voice voices
     number miniature lullaby hymn anthem sonata sonatina rondo fugue serenade rhapsody elegy improvisation jam cut cue score
     soundtrack background backing bass pop rock jazz blues folk ambient classical r&b soul electronic lofi lo score recording performance
     reduction transcription setting reading take sketch interlude ostinato pad pads roll rolls style playing fingerpicking fingerstyle arpeggiation plucking bowing tremolo strumming picking plucks hits stabs swells harmony harmonies progression
     alone only solo unaccompanied itself throughout too here part meditation reverie romance fantasy clip file midi medley
     demo mood vibe vibes colour color layer layers drone bed presence thing pianism feel rhythm rhythms dance concerto suite impromptu`,
  ],
  [
    'quality',
    `soft warm bright deep lush clean muted clear gentle simple solo lone single grand upright concert acoustic electric nylon steel classical
     mellow tender quiet loud sad slow fast sparse dense light heavy rich thin dark airy breathy smooth sweet calm dreamy melancholy
     expressive lyrical delicate intimate distant subtle prominent full live lead rhythm main second first left right hand
     low high middle sole soothing plaintive brooding heartfelt wistful nostalgic hopeful romantic sentimental reflective sorrowful
     yearning lonely bittersweet sunny comforting happy moody epic cinematic moderate medium upbeat uptempo midtempo mid up tempo paced relaxing unaccompanied
     emotional beautiful lovely pretty nice good great old vintage felt prepared detuned honky tonk digital virtual sampled synth
     long pizzicato arco legato staccato plucked bowed strummed picked bluegrass techno disco reggae punk latin celtic irish scottish spanish country baroque gospel funk trap synthwave
     chiptune swing bossa metal cinematic orchestral medieval renaissance romantic oriental japanese african cuban string strings minor major plain bare pure modern traditional chinese pop jazz blues rock folk ambient rolling flowing broken
     staccato legato sustained plucked bowed brushed distorted overdriven fretless slap double pipe church reed steel tinkling ringing
     shimmering sparkling steady constant driving pulsing walking punchy crisp tight funky laid more mostly mainly purely just only
     simple humble tiny small big huge whole entire close beginner easy tuned`,
  ],
  [
    'denies',
    `no not never none nothing nobody nowhere neither nor without isn't isn’t aren't aren’t wasn't wasn’t weren't don't don’t doesn't
     doesn’t didn't didn’t won't won’t can't can’t cannot couldn't wouldn't wouldn’t shouldn't hardly barely scarcely any zero lacks lack lacking
     absent absence avoid avoids avoiding minus sans anymore anywhere instead unless whatsoever nix nope forget skip spare unneeded
     unwanted unnecessary unwelcome forbidden banned except excluding exclude devoid void bar barring refuse refuses refused resist resists resisted
     temptation too replace replaces dispense dispenses dispensing refrain refrains abstain abstains`,
  ],
  [
    'amount',
    `sound sounds use presence combination mix mixture blend pair pairing trio duo duet quartet ensemble layer layers group consists consist consisting
     comprised composed made entry entrance addition melody line lines interplay notes tones timbre timbres strumming backing support
     accompaniment voice strains chords section sections bed foundation wash full consists lot lots plenty couple touch bit
     arrangement cover performance rendition recording set array backdrop hand register tone dialogue choice`,
  ],
  ['edge', '. ; ! ? … : ( ) [ ] | / • · — – < > { } " “ ” = * # \\ ⏎'],
  [
    'relative',
    'that which who whom whose where when while whereas though although because since if unless so but yet then',
  ],
  [
    'adverb',
    'also then now always still just even softly only really pls please thx thanks yes otherwise almost nearly ever never along forth front upfront forward alone together quite well once again often here there',
  ],
  [
    'part',
    `introduction intro bridge chorus choruses verse verses coda outro ending interlude passage passages section episode cadence finale bar
     measure close climax middle half reprise development recapitulation trio refrain beginning opening eight prechorus hook drop
     breakdown buildup finish conclusion vamp tag turnaround retransition exposition`,
  ],
  [
    'finite',
    `is are was were has had does did will would can could should may might must uses said says gave gives got made makes plays played
     sounds lasts runs sits stays goes moves keeps features opens closes starts ends begins takes took stands remains came comes went
     feels felt seems looks turns turned drops drifts flows unfolds carries carried rests lies relies leans brings leads follows shifts
     modulates clocks spans hovers settles works suits serves needs wants calls asks adds draws knows thinks thought tells told hears
     heard loves loved hates prefers likes liked finds found saw sees sent called wrote writes recorded reminds means happens proves
     chose holds held reads puts put samples quotes borrows promises swears claims insists sells teaches shows featured sang sings
     interrupts touches visits appears exists dates`,
  ],
  ['pronoun', "it's it’s that's that’s here's here’s there's there’s i'm i’m we're we’re"],
  ['pronoun', 'it this these here there i we you he she they everything everyone nothing something what who'],
];

/** All words that one of the lists, or the lexicon of instruments, has. */
const ROLES: ReadonlyMap<string, number> = rolesOfWords();

export function rolesOf(text: string): number {
  return ROLES.get(text) ?? (text.endsWith('ly') && text.length > 4 ? ROLE.adverb : 0);
}

function rolesOfWords(): ReadonlyMap<string, number> {
  const roles = new Map<string, number>();
  const add = (word: string, role: number): void => {
    roles.set(word, (roles.get(word) ?? 0) | role);
  };
  for (const [role, words] of LISTS) for (const word of words.trim().split(/\s+/)) add(word, ROLE[role]);
  for (const [word, { use }] of TEMPO_WORDS) if (use !== 'adverb') add(word, ROLE.quality);
  for (const [word, entries] of INSTRUMENTS_BY_WORD)
    if (entries.some(({ words, isPlayer, isShort }) => words.length === 1 && isPlayer !== true && isShort !== true))
      add(word, ROLE.instrument);
  return roles;
}
