import { styleOf } from './lines.ts';

/** Sentences as a script makes them from the fields of a table. */
export const templates = styleOf('templates', [
  {
    between: ' ',
    parts: [
      {
        chance: 1,
        lines: [
          'This is a [piece|track|composition] in the key of {key} with a tempo of {bpm}.',
          'This [piece|song] is in {key} and has a tempo of {bpm}.',
          'A {genre} [piece|track] in {key} at {bpm}.',
          'The [piece|track] is written in {key}, at a tempo of {bpm}.',
          'This MIDI file contains a {mood} {genre} piece in {key}.',
          'A {mood} {genre} piece with a tempo of {bpm}.',
          '"{title}" by {artist} is in {key} at {bpm}.',
          'A {pace} {genre} piece in {key}.',
        ],
      },
      {
        chance: 0.7,
        lines: [
          'The time signature is {meter}.',
          'It is in {metertime}.',
          'It has a {meter} time signature.',
          'The meter is {meter}.',
          'It uses a {meter} meter with {beats}.',
        ],
      },
      {
        chance: 0.85,
        lines: [
          'The instruments are {everyone}.',
          'It is played by {everyone}.',
          'It features {everyone}.',
          'Instrumentation: {commas}.',
          'The lead instrument is {lead}.',
          'The main instrument is {lead}, accompanied by {others}.',
          'It contains {band} and {nodrums}.',
          'It is performed on {alone} only.',
        ],
      },
      {
        chance: 0.55,
        lines: [
          'The duration is {length}.',
          'It lasts {length}.',
          'The length of the [piece|track|file] is {lengthseconds}.',
          'It is {length} long.',
          'It has a duration of [about|approximately|roughly] {lengthnear}.',
          'Its playing time is {clock}.',
        ],
      },
      {
        chance: 0.2,
        lines: [
          'The file has 4 tracks and 96 bars.',
          'The resolution is 480 ticks per quarter note.',
          'The chord progression is Am, F, C, G.',
          'The mood is {mood} and {mood2}.',
          'It was added to the collection in 2019.',
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
          '{^everyone} in {key}, {bpm}, {metertime}.',
          '{^everyone} playing a {mood} [tune|melody] in {key}.',
          '{^band} at {bpm} in {metertime}, {nodrums}.',
          'A {lengthlong} piece for {everyone} in {keytitle}.',
          '{^solo} in {keytitle} at {bpmshort}, {mood} and {mood2}.',
          '{^key}, {bpm}, {meter}, {length}.',
          '{^pace} {genre} [song|track] with {everyone}, {length}.',
          '{^mood} {genre} with {lead} and a {speed} tempo ({bpmshort}).',
          '{^genre} music: {commas}; {keyshort}; {bpmshort}; {meter}.',
          'A {meter} [piece|loop] in {keyshort} with {everyone} at {bpmshort}.',
          'A {mood} piece {withoutdrums}, in {key}, at {bpm}, lasting {length}.',
        ],
      },
    ],
  },
  {
    between: '. ',
    parts: [
      {
        chance: 1,
        lines: [
          'Generated caption: the estimated key is {keytitle}',
          'Key detected as {keytitle}',
          'Key: {keytitle}',
          'The key signature is {keytitle}',
          'Harmony is centred on {key}',
          'Detected key {keyshort}, mood {mood}',
        ],
      },
      {
        chance: 0.9,
        lines: [
          'Tempo: {bpmnumber}',
          'The average tempo is {bpmexact} BPM',
          'Tempo is {bpm} ({speed})',
          'Tempo marking: {mark}',
          'The tempo ranges between {bpmbetween}',
          'Average tempo approximately {bpm}',
          'The tempo can be described as {speed}',
        ],
      },
      {
        chance: 0.6,
        lines: [
          'Time signature: {meter}',
          'Predominant time signature {meter}',
          'Measures are in {meter}',
          'Counted with {beats}',
          'Meter: {meter}',
        ],
      },
      {
        chance: 0.9,
        lines: [
          'Instruments used: {commas}',
          'Top instruments: {commas}',
          'Most notes are played by {lead}',
          'Instruments by number of notes: {everyone}',
          'Instruments: {band}; {nodrums}',
          'Parts for {everyone}',
          'The melody is assigned to {lead} and the accompaniment to {others}',
        ],
      },
      {
        chance: 0.5,
        lines: ['Length {clock}', 'Total time {lengthseconds}', 'Duration: {length}', 'Lasts {lengthshort}'],
      },
      { chance: 0.25, lines: ['Genre: {genre}', 'Mood: {mood}, {mood2}', 'Chords: C, G/B, Am7, F', 'Notes: 1204'] },
      { chance: 1, lines: ['Source: user upload.', 'End of description.', 'Split: train.', 'No lyrics available.'] },
    ],
  },
]);
