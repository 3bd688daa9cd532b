/** Words of music captions, each one token of the models made here. */
export const CAPTION_WORDS: readonly string[] = (
  'a an the and or of in with at by for from over under into through that this it its is are as to then while where ' +
  'song piece track tune melody ballad anthem waltz march nocturne prelude theme music arrangement soundtrack loop ' +
  'piano guitar bass drums strings violin cello flute trumpet saxophone synthesizer organ harp choir clarinet oboe ' +
  'acoustic electric synth muted distorted warm bright soft gentle aggressive dreamy nostalgic melancholic cheerful ' +
  'upbeat slow fast moderate steady driving relaxed energetic emotional romantic epic cinematic ambient jazzy bluesy ' +
  'pop rock jazz blues folk classical electronic funk soul reggae country techno house orchestral latin gospel ' +
  'minor major key c d e f g b flat sharp chord chords progression harmony arpeggio arpeggios rhythm groove beat beats ' +
  'tempo bpm time signature four three six eight tonic dominant cadence modulation bridge verse chorus intro outro ' +
  'begins builds rises falls repeats returns opens closes plays moves features carries supports follows adds creates ' +
  'feeling mood atmosphere energy tension release rain night summer city ocean film game love heart memory journey ' +
  'about around between after before again very slightly almost mostly often often sometimes finally simple complex ' +
  'layered sparse dense repeating syncopated swinging flowing haunting soaring playful solemn bittersweet hopeful dark ' +
  'per minute 120 92 calm joyful quarter eighth notes section quietly loudly steps leaps accompaniment counterpoint texture solo ensemble brass woodwind'
).split(' ');
