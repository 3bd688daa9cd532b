import type { Hand } from '../hand.ts';

/** Describes the items of a data set from features that were measured. */
export const researcher: Hand = {
  parts: [
    {
      least: 1,
      most: 1,
      lines: [
        'In this excerpt, <list> can be heard',
        'The excerpt is performed by <band>',
        'The excerpt is performed on <solo> only',
        'This clip belongs to the <genre> genre and conveys %a <mood> feeling',
        'This clip has an estimated key of <key> (confidence 0.<count>)',
        'We describe a clip that runs <long exactly>',
      ],
    },
    {
      least: 2,
      most: 4,
      lines: [
        'the estimated key is <key>',
        'the tonal center is <key:<Tonic> with a <Mode> scale>',
        'the detected tempo is <bpm>',
        'frame by frame, the tempo stays in the range <bpm range>',
        'the tempo, at <bpm>, is <pace of>',
        'the pulse is estimated at <bpm about>',
        'the annotated meter is <meter bare>',
        'beats are grouped in <meter>',
        'the instrumentation consists of <list>',
        'it includes <drums>',
        'it includes <no drums>',
        'annotators heard <a lead>',
        'its total duration is <long exactly>',
        'the audio lasts <long>',
        'the annotators rated its valence <stars>',
        'it was chosen out of <count> candidates, the longest of which ran to <other minutes> minutes',
        'the chord sequence <chords> recurs',
        'the sampling rate was 44.1 kHz',
      ],
    },
  ],
  joint: '; ',
  after: '.',
  letters: 'as written',
};
