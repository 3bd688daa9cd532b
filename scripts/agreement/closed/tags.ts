import { styleOf } from './lines.ts';

/** Lists of tags: of a stock library, of a data table, of a forum, of a file's metadata. */
export const tags = styleOf('tags', [
  {
    between: ', ',
    shuffled: true,
    parts: [
      { chance: 1, lines: ['{genre}', '{genre} music', '{genre} instrumental'] },
      { chance: 1, lines: ['{mood}', '{mood}, {mood2}', '{mood2}'] },
      {
        chance: 0.9,
        lines: ['{commas}', '{lead}', '{lead} and {second}', '{solo}', '{everyone}', '{lead}-led', '{lead} melody'],
      },
      { chance: 0.6, lines: ['{key}', '{keyshort}', '{keytitle}', 'key of {key}', 'in {key}'] },
      { chance: 0.6, lines: ['{bpmshort}', '{bpm}', '~{bpmshort}', '{bpmrange}', 'tempo {bpmnumber}'] },
      { chance: 0.35, lines: ['{speed} tempo', '{pace}', '{speed}', '{mark}'] },
      { chance: 0.4, lines: ['{meter}', '{metertime}', '{meter} time signature', '{meterword}'] },
      { chance: 0.2, lines: ['{clock}', '{lengthshort}', '{lengthseconds}', 'approx. {lengthnear}'] },
      { chance: 0.15, lines: ['{nodrums}', '{drumless}'] },
      {
        chance: 0.35,
        lines: ['instrumental', 'royalty free', '8-bit', '90s', 'loopable', 'no. 3', 'TV', 'podcast intro'],
      },
    ],
  },
  {
    between: '\n',
    parts: [
      { chance: 0.5, lines: ['Title: {title}', 'Name: {title}', 'File: track_03.mid', 'ID: 20417'] },
      { chance: 0.8, lines: ['Genre: {genre}', 'Style: {genre}', 'Category: {genre} / {mood}'] },
      {
        chance: 0.9,
        lines: ['Key: {keytitle}', 'Key: {keyshort}', 'Key: {tonic}', 'Key signature: {key}', 'Tonality: {key}'],
      },
      {
        chance: 0.9,
        lines: ['Tempo: {bpmnumber}', 'BPM: {bpmnumber}', 'Tempo: {bpm}', 'BPM: {bpmexact}', 'Tempo: {speed}'],
      },
      { chance: 0.7, lines: ['Time signature: {meter}', 'Meter: {meter}', 'Time: {meter}', 'Time sig: {meter}'] },
      {
        chance: 0.7,
        lines: [
          'Duration: {clock}',
          'Length: {lengthshort}',
          'Duration: {lengthseconds}',
          'Duration (s): {lengthnumber}',
        ],
      },
      { chance: 0.9, lines: ['Instruments: {commas}', 'Instrument(s): {everyone}', 'Instrumentation: {hashed}'] },
      {
        chance: 0.4,
        lines: ['Mood: {mood}, {mood2}', 'Feel: {mood}', 'Rating: 4/5', 'Year: 1998', 'Bitrate: 128 kbps'],
      },
      {
        chance: 0.3,
        lines: [
          'License: CC BY 4.0',
          'Uploaded: 6/8/2021',
          'Created: 2019-03-04',
          'Format: MIDI type 1',
          'Tracks: 6',
          'PPQ: 480',
        ],
      },
    ],
  },
  {
    between: ' | ',
    parts: [
      { chance: 1, lines: ['{genre}', '{^genre}', '{^mood} {genre}', '{title}'] },
      { chance: 0.8, lines: ['{keyshort}', '{keytitle}', '{keycode}', '{key}', 'key={keycode}'] },
      { chance: 0.8, lines: ['{bpmshort}', '{bpmnumber} bpm', '{quarter}', 'tempo={bpmnumber}', 'bpm {bpmnumber}'] },
      { chance: 0.6, lines: ['{meter}', 'meter={meter}', 'time sig {meter}', '{meter} time'] },
      { chance: 0.8, lines: ['{hashed}', '{commas}', 'inst: {commas}', 'featuring {everyone}', '{lead}'] },
      { chance: 0.4, lines: ['{clock}', '{lengthshort}', 'len={lengthnumber}s', 'dur {clock}'] },
      { chance: 0.3, lines: ['free download', 'v2', '★ 4.5', '320 kbps', 'public domain', 'Op. 28 No. 4', 'WIP'] },
    ],
  },
  {
    between: ' ',
    shuffled: true,
    parts: [
      { chance: 1, lines: ['#{genre}', '#{genre}music', '#{mood}'] },
      { chance: 0.8, lines: ['#{leadtag}', '#{leadtag} #{secondtag}', '{^lead}'] },
      { chance: 0.5, lines: ['#{bpmnumber}bpm', '#{pace}', '{bpmshort}'] },
      { chance: 0.4, lines: ['#{mood2}', '#midi', '#instrumental', '#musicproducer', '#fyp', '#top10', '#newmusic'] },
      { chance: 0.5, lines: ['{keyshort}', '({keyshort})', 'in {keyshort}'] },
      { chance: 0.2, lines: ['{meter}', '({meter})'] },
      { chance: 0.2, lines: ['#relax', '#studymusic', '#lofi', '#2020s', '#gamemusic'] },
    ],
  },
  {
    between: '; ',
    parts: [
      { chance: 1, lines: ['tags: "{genre}", "{mood}"', 'genre = {genre}', 'style:{genre}'] },
      { chance: 0.8, lines: ['instruments = {quoted}', 'instruments: {quoted}', 'scored for {everyone}'] },
      { chance: 0.8, lines: ['key = {keycode}', 'key:{keyshort}', 'key center {key}'] },
      {
        chance: 0.7,
        lines: ['bpm = {bpmexact}', 'tempo_bpm: {bpmnumber}', 'tempo approx {bpm}', '{speed} tempo ({bpm})'],
      },
      { chance: 0.6, lines: ['time_signature = {meter}', 'timesig:{meter}', 'beat: {meter}'] },
      { chance: 0.4, lines: ['duration_sec = {lengthnumber}', 'duration: {clock}', 'length ca. {lengthnear}'] },
    ],
  },
]);
