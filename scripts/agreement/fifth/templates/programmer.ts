import type { Hand } from '../hand.ts';

/** Fills the fields of a record into one sentence after the other. */
export const programmer: Hand = {
  parts: [
    {
      least: 1,
      most: 1,
      lines: [
        'This is %a <mood> <genre> piece in <key>.',
        'A <long before noun> MIDI file with %a <mood> mood.',
        'The following track is <mood> and <genre>-like.',
        'Title: <title>.',
        'Track by <artist>.',
        'An instrumental track featuring <list>.',
        '%A <genre> track at <bpm>.',
        '%A <pace> <genre> track.',
        'A piece for <solo> alone.',
      ],
    },
    {
      least: 2,
      most: 4,
      lines: [
        'The key is <key>.',
        'Its <key:key is <KeyShort>>.',
        'The tempo is <bpm>.',
        'The tempo is <bpm about>.',
        'The <tempo:tempo is <Bpm>>.',
        'The tempo is <pace of>.',
        'The time signature is <meter bare>.',
        'The meter is <meter bare>.',
        'The instruments are <band>.',
        'The instrument is <solo>.',
        'The lead instrument is <lead>.',
        'The song also has <drums>.',
        'The song has <no drums>.',
        'The song has <no drums> and <no rare>.',
        'The length is <long exactly>.',
        'The duration is <long exactly>.',
        'The song lasts <duration:<Seconds> seconds>.',
        'The most frequent chords are <chords>.',
        'The file has <count> notes per track and a resolution of 480 ticks.',
        'The pitch range spans <few> octaves.',
      ],
    },
  ],
  joint: ' ',
  letters: 'sentence',
};
