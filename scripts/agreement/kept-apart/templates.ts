/** Sentences as programs put them together. */
export const TEMPLATES = `
The piece is in {key} with a tempo of {bpm}.[ The time signature is {digits}.][ Total length: {clock}.]

Key: {key}. Tempo: {bpm}.[ Meter: {digits}.][ Duration: {length}.]

This MIDI file contains {band} and <lasts|has a duration of> {length}.[ Estimated key: {key}.][ Estimated tempo:
{bpm}.]

A {pace} track in {digits} time.[ It is written in {key}.][ Instruments: {band}.]

Title: "{title}". Artist: {artist}. Key signature: {key}. Duration: {clock}.[ BPM-based tempo estimate: {bpm}.]

[Genre: <classical|pop|jazz|folk>. ]Instrumentation: {solo}. Time signature: {digits}.[ Length: {length}.][ Key:
{key}.]

A <classical|romantic|contemporary|cinematic> track for {lead}, played at {bpm}[, in the key of {key}][, with a
running time of {length}].

The song "{title}" has {a pace} tempo ({bpm})[ and is set in {meter} time][; its tonal center is {key}].

Mood: <calm|sad|hopeful|dark|tender>. Rhythm section: no {absent}. Tempo: {bpm}.[ Key: {key}.]

Generated description: {digits} meter, {key}, {about} of music[ performed by {band}].

{^band} <can|may> be heard in this recording, whose key is {key}.[ The tempo marking is {italian}.][ It ends after
{length}.]

File length {clock}; beats {digits}; pulse {bpm}; scale {key}.

The track runs for {length} at an average of {bpm}.[ The dominant key is {key}.][ No {absent} were detected.]

This is {a lead} track with {a pace} tempo.[ The key is {key}.][ Each bar is in {digits}.][ It goes on for {about}.]

Metadata: tempo={bpm}, key={key}[, signature={digits}][, length={clock}]
`;
