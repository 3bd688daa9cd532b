import type { Manner } from './manner.ts';
import { shapes } from './shapes.ts';

/** Descriptions in whole sentences, as language models and musicologists write them. */
export const PROSE: Manner = {
  claimCount: [1, 4],
  asideCount: [1, 3],
  separators: [' '],
  isInSentences: true,
  typos: 0.1,
  small: 0.04,
  capitals: 0,
  claims: shapes(`
    A {mood} {genre} (song|composition|piece) in the key of [key:{key}]<, (played|performed) on \
      [instrument:{instrument}]>.
    A {mood} and melodic {genre} instrumental, [instrument:{instrument}] (leads|carries the melody) from start to \
      finish.
    The (piece|song|composition) is (written|set|composed|cast) in [key:{key}].
    Set in the key of [key:{key}], the music (feels|sounds) {mood} yet restrained.
    [key:{key}] is the home key, and the harmony never strays far from it.
    The tonality is [key:{key}] (throughout|from the first bar to the last).
    The music is centred on [key:{tonic}, in the {mode} mode], and returns there after every chorus.
    Its key, [key:{key}], lends the verses a {mood} colour.
    The [key:{key}] tonality gives the verses their {mood} colour.
    The song is in [key:{key}], the relative {mode} of {relative key}.
    The whole piece keeps to the [key:{mode} key of {tonic}].
    Although the bridge briefly visits {other key}, the piece as a whole is in [key:{key}].
    The music unfolds in [key:{key}]< and [meter:{meter} time]>< at about [tempo:{bpm to five} beats per minute]>.
    The key signature is that of [key:{key}].
    The composer chose [key:{key}] for this {mood} (melody|theme).
    The tempo (is|stays|holds at) [tempo:{bpm} BPM]<, with [meter:{beats to the bar}]>.
    At [tempo:{bpm} beats per minute], the (music|song) has room to breathe.
    It moves along at (roughly|around|about|approximately) [tempo:{bpm to five} bpm].
    The pulse, somewhere in the region of [tempo:{bpm to ten} beats per minute], hardly wavers.
    A tempo [tempo:{bpm between} BPM] suits the {mood} melody.
    The music has a [word:{pace of a tempo}] tempo<, [tempo:{bpm} BPM to be exact,]> and a {mood} mood.
    The tempo is [word:{pace of a tempo}] throughout and the mood {mood}.
    This is a [word:{pace}] {genre} (song|piece) with a {mood} atmosphere.
    The piece proceeds [word:{slowly}]<, (at|around) [tempo:{bpm} BPM]>, its phrases carefully shaped.
    Marked [word:{italian}], the piece (stays close to its theme|repeats its theme four times).
    The crotchet is marked at [tempo:{bpm}]<, and the marking above the first bar reads [word:{italian}]>.
    The song is [word:{slow}], [word:never {opposite pace}], and closes as it began.
    The song is [word:not {opposite pace} at all], and its melody has a {mood} lilt.
    The tempo is neither pushed nor pulled; the metronome would read [tempo:{bpm}] from beginning to end.
    The time signature is [meter:{meter}]<, and the tempo [tempo:{bpm} BPM]>.
    There are [meter:{beats to the bar}], and the phrases come in pairs.
    The piece is in [meter:{meter idiom}]<, in [key:{key}]>, with regular phrases.
    The music is (counted|notated) in [meter:{meter spoken}] throughout.
    Written in [meter:{meter} meter]<, it is performed by [instrument:{instrument}] alone>.
    The piece is a [meter:{waltz}] in all but name.
    It is [meter:not a {not waltz}], but it sways like a boat at anchor.
    The [instrument:{instrument}] plays the melody and its accompaniment, [absent:with no {absent}] to help it.
    The arrangement is for [instrument:solo {instrument}]<, [absent:without {absent}]>.
    The only instrument is [instrument:{an instrument}], recorded closely.
    [instrument:{an instrument}] is heard on its own, [absent:with no {drums}s] behind it.
    The tune is given to the [instrument:{instrument}].
    The texture is sparse: [instrument:{instrument}], [absent:no {absent}], and plenty of silence.
    [absent:Drums are absent], which leaves the [instrument:{instrument}] (exposed|on its own).
    The tune is presented by [instrument:{patch}]<, at [tempo:{bpm} BPM],> and later varied.
    The piece (lasts|runs for|goes on for) [duration:{length in full}].
    With a (length|duration|running time) of [duration:{clock}], the piece leaves time for three choruses.
    The performance takes [duration:{length roughly}]<, in [key:{key}] from first to last>.
    It is a [duration:{minutes of length}] piece with a {mood} close.
    The music runs [duration:{length between}] and ends softly.
    In total the recording is [duration:{length in seconds} seconds] long.
  `),
  asides: shapes(`
    The introduction opens in {other key} before the first verse arrives.
    A short passage near the end touches on {other key}.
    In the middle eight the tempo shifts to {other bpm} BPM.
    The bridge falls into half-time.
    The final chorus has a double-time feel.
    The coda slows almost to a standstill.
    The introduction is slow and free, as if improvised.
    The last chorus is lifted by a whole tone.
    A single bar of {other meter} interrupts the second verse.
    The introduction lasts some twenty seconds.
    After the first thirty seconds the accompaniment thickens.
    The chord progression {chords} recurs throughout.
    The opening chord is a spread A minor seventh.
    A descending line from E flat to C ends each verse.
    The key moment arrives in the second chorus, where the melody leaps an octave.
    A minor detail, the grace note before each cadence, gives it charm.
    A major change in register marks the second verse.
    A sharp contrast between verse and chorus keeps the listener engaged.
    The song, released on a major label in {year}, was used in a television drama.
    The lyrics of the original speak of {topic}.
    The melody calls to mind {composer}, whose {elsewhere} pieces it may have had in view.
    In the manner of a nocturne in {other key} by {composer}, the left hand spreads its chords.
    One is reminded of a slow waltz in {other key} by {composer}.
    By contrast, the singer's previous hit was a fast {other meter} dance at {other bpm} BPM.
    Cover versions for {elsewhere} are popular.
    The original recording featured {elsewhere} and a large choir.
    It would suit a {elsewhere} equally well.
    The mood is {mood} and the dynamics are gentle.
    The atmosphere is {mood}, suited to {use}.
    The melody rises by step and falls by leap.
    The harmony is diatonic with a few borrowed chords.
    It became popular in the late 90s.
    The phrasing is delicate, the touch light.
    It is the kind of music that pulls at the heartstrings.
    Its refrain was trumpeted by every radio station of the day.
    Dynamics range from piano to mezzo-forte.
    The second half of the song is quicker to reach its chorus than the first.
    The ending fades over about fifteen seconds.
    The music could accompany {use}.
    The voice of the original singer, high as a flute, is missed here.
  `),
};
