import type { Manner } from './manner.ts';
import { shapes } from './shapes.ts';

const PLAIN_ASIDES = shapes(`
  {mood}
  {mood}
  {genre}
  {genre}
  90s
  2000s
  80s nostalgia
  Chinese pop
  movie night
  for {use}
  good for {use}
  B-side
  Studio B
  major label
  minor hit
  key change at the end
  half-time bridge
  free intro
  TV drama
  320kbps
  44.1 kHz
  16-bit
  top 40
  track 7
  vol. 3
  love song
  instrumental version
  lyrics about {topic}
  cover
  slow living
  fast food ad
  sharp wit
  learn {elsewhere}
  {elsewhere} students
  inspired by {composer}
  sounds like {composer}
  rubato intro
  4 stars
  loopable
  royalty free
  no copyright
  high quality
`);

/** Words and short phrases in a row, as on stock-music pages. */
export const TAGS: Manner = {
  claimCount: [2, 5],
  asideCount: [1, 5],
  asides: PLAIN_ASIDES,
  separators: [', ', ', ', ',', ' | ', '; ', ' / ', ' · ', ' • ', '\n'],
  isInSentences: false,
  typos: 0,
  small: 0.2,
  capitals: 0.03,
  claims: shapes(`
    [key:{short key}]
    [key:{key}]
    [key:in {key}]
    [key:key of {key}]
    key: [key:{short key}]
    Key of [key:{short key}]
    [key:{key} scale]
    [key:{short key} ({camelot})]
    [key:{mode} key of {tonic}]
    tonality [key:{key}]
    [tempo:{bpm} bpm]
    [tempo:{bpm}bpm]
    [tempo:{bpm} BPM]
    [tempo:BPM {bpm}]
    bpm: [tempo:{bpm}]
    tempo [tempo:{bpm}]
    [tempo:~{bpm to five} bpm]
    [tempo:ca. {bpm to five} BPM]
    [tempo:around {bpm to ten} bpm]
    [tempo:{bpm range} bpm]
    [tempo:{bpm} beats per minute]
    [tempo:♩={bpm}]
    [word:{pace}]
    [word:{pace of a tempo} tempo]
    [word:{pace}] {genre}
    [word:{italian}]
    tempo: [word:{pace of a tempo}]
    [word:not {opposite pace}]
    [word:{slow}] song
    [word:{fast}] song
    [meter:{meter}]
    [meter:{meter} time]
    [meter:{meter} time signature]
    [meter:{meter idiom}]
    [meter:{meter spoken}]
    time: [meter:{meter}]
    [meter:{waltz}]
    [instrument:{instrument}]
    [instrument:solo {instrument}]
    [instrument:{instrument} solo]
    [instrument:{instrument} only]
    [instrument:{instrument} instrumental]
    [instrument:{instrument} cover]
    [instrument:{instrument} version]
    [instrument:{patch}]
    [instrument:{mood} {instrument}]
    [absent:no {absent}]
    [absent:without {absent}]
    [absent:{drums}less]
    [absent:no {drums}s]
    [duration:{clock}]
    [duration:{length in short}]
    [duration:{length in seconds}s]
    [duration:{length in seconds} seconds]
    [duration:{length roughly}]
    length [duration:{clock}]
    [duration:{minutes of length}] track
    [instrument:{instrument}], [absent:no {absent}]
  `),
};

/** "name: value", as catalogues hold them. */
export const NAMED_TAGS: Manner = {
  claimCount: [2, 5],
  asideCount: [1, 3],
  separators: ['; ', ' | ', '\n', ', ', ' // '],
  isInSentences: false,
  typos: 0,
  small: 0.15,
  capitals: 0.03,
  asides: shapes(`
    genre: {genre}
    mood: {mood}
    artist: {artist}
    year: {year}
    use: {use}
    theme: {topic}
    similar: {composer}
    label: major
    rating: 4/5
    rating: minor flaws
    importance: key track
    quality: 320 kbps
    version: demo B
    take: 3
    source: POP909
    lyrics: none
  `),
  claims: shapes(`
    key: [key:{short key}]
    Key: [key:{key}]
    key_signature: [key:{key}]
    tonality: [key:{short key}]
    root/mode: [key:{tonic} {mode}]
    key: [key:{short key} / {camelot}]
    BPM: [tempo:{bpm}]
    tempo: [tempo:{bpm}]
    tempo: [tempo:{bpm} bpm]
    bpm: [tempo:ca. {bpm to five}]
    speed: [word:{pace of a tempo}]
    tempo: [word:{pace of a tempo}]
    marking: [word:{italian}]
    meter: [meter:{meter}]
    metre: [meter:{meter}]
    time sig: [meter:{meter}]
    time_signature: [meter:{meter}]
    Time: [meter:{meter idiom}]
    instrument: [instrument:{instrument}]
    instruments: [instrument:{instrument} (solo)]
    instrumentation: [instrument:{patch}]
    lead: [instrument:{instrument}]
    [absent:without: {absent}]
    length: [duration:{clock}]
    duration: [duration:{length in seconds} s]
    dur: [duration:{length in short}]
    running time: [duration:{clock}]
  `),
};

export const HASHTAGS: Manner = {
  claimCount: [2, 4],
  asideCount: [2, 5],
  separators: [' '],
  isInSentences: false,
  typos: 0,
  small: 0.1,
  capitals: 0,
  asides: shapes(`
    #love
    #mandopop
    #cpop
    #nostalgia
    #90s
    #majorlabel
    #keymoments
    #relaxing
    #sadsongs
    #studywithme
    #newmusic
    #fyp
    #bsides
    #slowliving
    #fastcars
    #guitarhero
    #throwback
    #rainyday
    {title}
    my new cover
    enjoy
    part 3 of the series
  `),
  claims: shapes(`
    #[key:{key hashtag}]
    #[key:{key hashtag}]
    #[tempo:{bpm}bpm]
    #[tempo:bpm{bpm}]
    #[instrument:{instrument hashtag}]
    #[instrument:solo{instrument hashtag}]
    #[instrument:{instrument hashtag}cover]
    #[instrument:{instrument hashtag}solo]
    #[instrument:{instrument hashtag}music]
    #[word:{slow}]
    #[word:{fast}]
    #[absent:no{drums}s]
    #[absent:{drums}less]
    #[meter:{waltz}]
    ([key:{short key}])
    ([tempo:{bpm} bpm])
    [duration:{clock}]
    [tempo:{bpm}bpm] [key:{short key}]
    in [key:{key}]
    for [instrument:{instrument}]
    [meter:{meter}]
  `),
};
