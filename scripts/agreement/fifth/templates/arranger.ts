import type { Hand } from '../hand.ts';

/** Generates the line under each title of a list of arrangements. */
export const arranger: Hand = {
  parts: [
    {
      least: 1,
      most: 1,
      lines: [
        'Arrangement for <list> in <key>',
        'Arrangement of "<title>" for <list>',
        'Arrangement in <key>',
        '<key>, <meter>, <bpm>',
        '<italian> in <key> for <list>',
        'Solo <solo>, <key>',
        'Duet for <duo>',
        '%A <mood> <genre> number, <long exactly>',
        'Published alongside a version for <other instrument>',
      ],
    },
    {
      least: 1,
      most: 3,
      lines: [
        'concert pitch, <key>',
        '<tempo:metronome mark <Bpm>>',
        '<bpm> click',
        'count-in, then <meter>',
        'written in <meter>',
        'parts for <list>',
        'part for <a lead>',
        'plus <some drums>',
        '<no drums>',
        'playing time <long exactly>',
        'approx. <duration:<Clock>>',
        '<adverb>, with expression',
        '<count> bars, <few> pages',
        'difficulty <stars>',
        'transposed versions (e.g. in <other key>) on request',
      ],
    },
  ],
  joint: ' - ',
  letters: 'as written',
};
