import type { Manner } from './manner.ts';
import { shapes } from './shapes.ts';

/** Whole captions, as programs write them from a table of facts. */
export const TEMPLATES: Manner = {
  claimCount: [1, 1],
  asideCount: [0, 0],
  asides: [],
  separators: [' '],
  isInSentences: false,
  typos: 0,
  small: 0.06,
  capitals: 0.03,
  claims: shapes(`
    A {genre} piece for [instrument:{instrument}] in [key:{key}]<, [tempo:{bpm} BPM]><, [meter:{meter}] time>.
    This {genre} song is in the key of [key:{key}]<, with a tempo of [tempo:{bpm} beats per minute]>< and a \
      [meter:{meter}] time signature>.
    Title: {title}. Artist: {artist}. <Key: [key:{short key}]. >Tempo: [tempo:{bpm} bpm]. <Time signature: \
      [meter:{meter}].>
    {title} by {artist}, arranged for [instrument:{instrument}]. <Length: [duration:{clock}]. ><Key signature: \
      [key:{key}].>
    genre: {genre}; mood: {mood}; key: [key:{short key}]; bpm: [tempo:{bpm}bpm]<; meter: [meter:{meter}]>
    {"genre": "{genre}", [key:"key": "{short key}"], [tempo:"bpm": {bpm}]<, [meter:"time_signature": "{meter}"]>}
    {"title": "{title}", [duration:"duration_seconds": {length in seconds}], [key:"tonality": "{key}"]}
    key=[key:{short key}]<, bpm=[tempo:{bpm}], ><ts=[meter:{meter}], >mood={mood}, \
      instruments=[[instrument:{instrument}]]
    A {mood} {genre} track. <It lasts [duration:{length in full}]. >It is played at [tempo:{bpm} BPM] in [key:{key}].
    The song {title} is performed by [instrument:{instrument}] alone. <The tempo is [word:{pace of a tempo}]. >The \
      mood is {mood}.
    The tempo is [tempo:{bpm}]. The key is [key:{key}]. <The meter is [meter:{meter}]. >The mood is {mood}.
    Instrument: [instrument:{patch}]. Tempo: [tempo:{bpm} BPM]< ([word:{pace}])>. Duration: [duration:{clock}].
    Instrumentation: [instrument:{instrument} only]. Drums: [absent:no drums]. <Key: [key:{short key}].>
    Instruments: [instrument:{instrument}] (solo). <Percussion: [absent:no percussion]. >Tempo marking: \
      [word:{italian}].
    [{mood}] [{genre}] [[key:{short key}]] [[tempo:{bpm} BPM]]< [[meter:{meter}]]>
    A [duration:{minutes of length}] {genre} instrumental for [instrument:{instrument}]<, key of [key:{key}]>.
    The following music is {genre}. It has a [word:{pace of a tempo}] tempo<, a [meter:{meter}] meter>< and the \
      key of [key:{key}]>.
    Tempo: [word:{pace of a tempo}] ([tempo:approx. {bpm to five} BPM]). <Key: [key:{key}].>
    Tempo range: [tempo:{bpm range} BPM]. Tonality: [key:{key}]. Mood: {mood}.
    Tonic: [key:{tonic}. Mode: {mode}]. <BPM: [tempo:{bpm} bpm]. >Genre: {genre}.
    Piece no. 417 ({year}) // [key:{short key}] // [tempo:{bpm} BPM] // {mood}
    {title} is a {mood} {genre} song about {topic}. <Key: [key:{key}]; >tempo: [tempo:{bpm} BPM]<; duration: \
      [duration:{clock}]>.
    MIDI file, 1 instrument: [instrument:{patch}]. <[meter:{meter}] meter. ><[tempo:{bpm} quarter notes per minute].>
    Scale: [key:{key} scale]. <Average tempo: [tempo:{bpm} BPM]. >Total time: [duration:{length in short}].
    Track info | key | [key:{short key}] | tempo | [tempo:{bpm} BPM] | mood | {mood}
    {genre}, {year}. In [key:{key}]<, [meter:{meter spoken} time]>< and [tempo:{bpm} BPM]>. Performed on \
      [instrument:{instrument}].
    This clip is [duration:{length in seconds} seconds] long<, has [instrument:{an instrument}]>< and sits at \
      [tempo:{bpm} BPM]>.
    The piece has [meter:{beats to the bar}]<, [tempo:{bpm} beats per minute]> and a {mood} character.
    ♩ = [tempo:{bpm}]<, [key:{key}]><, [meter:{meter}]>
    [tempo:♩={bpm}]<, [word:{italian}]>, for [instrument:{instrument}]
    [tempo:Quarter note = {bpm}.] <[key:{key}.] ><[instrument:{instrument capitalised}.] >{genre}.
    [tempo:M.M. {bpm}]; <[word:{italian}]; >tonality of [key:{key}].
    Summary: {mood} {genre} for [instrument:{instrument}], [tempo:{bpm}bpm], [key:{short key}].
    lead: [instrument:{instrument}] / [absent:drums: none] / key: [key:{short key}] / length: [duration:{clock}]
    Arrangement for solo [instrument:{instrument}] (original: {artist}, {year})<, [key:{key}]><, ca. [tempo:{bpm \
      to five} BPM]>.
    {mood}, {genre}, [tempo:{bpm in words} beats per minute]<, [key:{key}]>.
    Song {title}. Duration [duration:{clock}] min. Key [key:{short key} (Camelot {camelot})]. Genre {genre}.
    Estimated key: [key:{key}] (confidence 0.91). Estimated tempo: [tempo:{bpm} BPM] (confidence 0.84). <Meter: \
      [meter:{meter}].>
    Detected: [tempo:{bpm}.00 BPM], [key:{short key}]<, [meter:{meter}]>, loudness -14.2 LUFS, 44.1 kHz.
    root=[key:{tonic}; scale={mode}]; <len=[duration:{length in seconds}s]; >genre={genre}
    Piece in the [key:{mode} key of {tonic}]. <Tempo [tempo:{bpm} BPM]. ><Time [meter:{meter}]. >Solo \
      [instrument:{instrument}].
    A caption of {title}: the {genre} music is [word:{pace}], {mood} and scored for [instrument:{instrument}] \
      [absent:without {absent}].
    Musical features: mode and tonic [key:{key}]; beat rate [tempo:{bpm} per minute]; ensemble \
      [instrument:{instrument}].
    Duration: [duration:{length in seconds} s]. Danceability: 0.41. Energy: 0.33. <Tempo: [tempo:{bpm} BPM]. >Key: \
      [key:{key}].
    Keyword: {mood}. Topic: {topic}. <Signature: [meter:{meter}]. >Speed: [tempo:{bpm} BPM]. Solo instrument: \
      [instrument:{instrument}].
    The composition, lasting [duration:{length roughly}], features [instrument:{instrument}]<, is in [key:{key}]>.
    Sheet: {title}. <[word:{italian}] [tempo:({bpm} BPM)]. >Key: [key:{key}]. For [instrument:{instrument}].
  `),
};
