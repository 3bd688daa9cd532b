import { styleOf } from './lines.ts';

/** Two to five sentences, as a language model writes them about a piece. */
export const prose = styleOf('prose', [
  {
    between: ' ',
    parts: [
      {
        chance: 1,
        lines: [
          'A {mood} and {mood2} {genre} piece, featuring {everyone}.',
          'A {mood} {genre} song with a {mood2} feel, driven by {lead}.',
          'This {mood} {genre} [composition|instrumental] blends {together} into a {mood2} soundscape.',
          'A {lengthlong} {genre} piece with a {mood} atmosphere, led by {lead}.',
          'An instrumental {genre} track with {everyone}, creating a {mood}, {mood2} mood.',
          'With {lead} in the lead, this is a {mood} {genre} composition.',
          'A {mood} and {mood2} melody for {solo}, evoking images of {scene}.',
          'A {pace} {genre} piece that is both {mood} and {mood2}, performed on {everyone}.',
          'This is a {mood} {genre} tune that would suit {scene}, with {everyone} at its core.',
        ],
      },
      {
        chance: 0.9,
        lines: [
          'Set in {key} with a {meter} time signature, it moves at {bpm}.',
          'The song is in the key of {key} and follows a {meter} time signature at a {speed} tempo of {bpm}.',
          'The composition is set in {key}, with a [steady|consistent|constant] tempo of {bpm}.',
          'It unfolds in {metertime} at a {speed} tempo, rooted firmly in {key}.',
          'Written in {key}, it maintains a {speed} pace throughout.',
          'The tempo sits at around {bpm}, and the harmony revolves around {key}.',
          'With a tempo of {bpm} and a {meter} meter, the piece stays in {key} for most of its length.',
          'The key of {key} lends it a {mood2} colour, while the {meter} time signature keeps it grounded.',
          'Marked {mark}, it is in {key} and keeps to {metertime}.',
          'The music is in {key} and clocks in at {bpm}.',
        ],
      },
      {
        chance: 0.4,
        lines: [
          'A chord progression of Em7, A7 and Dmaj7 recurs throughout.',
          'The chord sequence Am, F, C and G repeats in the second section.',
          'The melody climbs by a fifth before settling back to the tonic.',
          'A short motif returns every eight bars, each time slightly varied.',
          'The A section returns after a contrasting B section.',
          'A brief introduction of four bars gives way to the main theme.',
        ],
      },
      {
        chance: 0.45,
        lines: [
          'The whole piece lasts {length}.',
          'It runs for [about|roughly|approximately] {lengthnear}.',
          'At just over {lengthover}, it never overstays its welcome.',
          'The track comes to a close at just under {lengthunder}.',
          'The piece has a duration of {length}.',
        ],
      },
      {
        chance: 0.45,
        lines: [
          'The overall atmosphere is suited to {scene}.',
          'It has {nodrums}, which leaves plenty of space for the melody.',
          'It would work well in a documentary or a video game.',
          'The {drums} keep a steady pulse underneath.',
          'Overall, the piece feels {mood2} and complete.',
          'Its phrases have a minor-league charm that never becomes sentimental.',
        ],
      },
    ],
  },
  {
    between: ' ',
    parts: [
      {
        chance: 1,
        lines: [
          'The piece opens [quietly|softly|with a simple figure] on {lead}, soon establishing {key} as its home key.',
          'Evoking {scene}, this {genre} piece is written in {key}.',
          'In {metertime}, this {genre} [miniature|instrumental] unfolds at roughly {bpm}.',
          'There is something {mood} about this {genre} piece in {key}, which proceeds at a {speed} tempo.',
          'Imagine {scene}: that is the mood of this {genre} instrumental in {key}.',
          'At {bpm}, this {mood} track has the feel of {scene}.',
          'A gently swaying pulse of {beats} underpins this {mood} piece in {key}.',
        ],
      },
      {
        chance: 0.9,
        lines: [
          'The main theme belongs to the {lead}, supported by {others}.',
          'The arrangement is built from {everyone}.',
          'The ensemble consists of {together}, each given room to breathe.',
          'The instrumentation is sparse: {band}, {withoutdrums}.',
          'Nothing but {alone} can be heard from beginning to end.',
          'The melody, played by {lead}, is answered by {second}.',
          'The melody is handled by {lead}, while the harmony is left to {second}.',
          'The interplay between {lead} and {second} gives it a {mood2} quality.',
          'The texture is dominated by {lead}, with {drums} adding momentum.',
        ],
      },
      {
        chance: 0.5,
        lines: [
          'The rhythm is in {meter} and the tempo hovers between {bpmbetween}.',
          'Rhythmically it keeps to {metertime} throughout.',
          'It is played {how}, and the {meter} meter is never broken.',
          'A {meter} time signature gives it a [regular|clear|natural] sense of forward motion.',
          'The beat stays at {bpm} from start to finish.',
        ],
      },
      {
        chance: 0.5,
        lines: [
          'Halfway through, the texture thins before the theme returns in the last 20 seconds.',
          'In the final section the dynamics rise and the opening idea comes back.',
          'Minor variations of the theme keep the listener interested.',
          'After {length}, it fades out on a sustained chord.',
          'The music ends after {lengthnear} or so, leaving a {mood} impression.',
          'Its structure is simple, with an intro, two verses and an outro.',
        ],
      },
    ],
  },
  {
    between: ' ',
    parts: [
      {
        chance: 1,
        lines: [
          'Here, {together} come together in a {mood} {genre} setting.',
          'A {drumless} arrangement with {band}, this {genre} piece is {mood} and {mood2}.',
          'This {genre} instrumental, lasting {length}, features {everyone}.',
          'A {mood} {lead} melody in {key} defines this {genre} track.',
          'With its {mood} {lead} line and {mood2} harmonies, this track recalls the soundtracks of the 1980s.',
          'This {pace}, {mood} piece combines {together}.',
        ],
      },
      {
        chance: 0.8,
        lines: [
          'The tonality is {keyhyphen}, the meter is {meter}, and the tempo is {bpm}.',
          'It is in {key}, although a few borrowed chords blur the picture.',
          'The tonal centre appears to be {key}.',
          'The tempo is {speed}, at about {bpm}, and the time signature is {meter}.',
          'Musically it is in {key}, with a {speed} tempo and {beats}.',
          'The pulse, at {bpm}, is neither rushed nor dragging.',
          'It probably sits in {key}, in a {meter} time signature.',
        ],
      },
      {
        chance: 0.4,
        lines: [
          'Notable chords include G, D/F# and Em.',
          'The result is a {mood2} piece that lingers in the memory.',
          'This would make a fitting background for {scene}.',
          'The bass notes descend stepwise, a device heard in countless pop songs.',
        ],
      },
    ],
  },
]);
