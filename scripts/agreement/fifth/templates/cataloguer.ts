import type { Hand } from '../hand.ts';

/** Writes the cards of a library of music, all after one pattern. */
export const cataloguer: Hand = {
  parts: [
    {
      least: 1,
      most: 1,
      lines: [
        '<title> / <artist>',
        '<title>, <genre>, <year>',
        'Catalogue no. <count>-<year>: <genre>',
        'Item <count> of the <genre> collection',
        'Recorded <year>; <mood> in character',
        'Shelf <count>, box <few>',
      ],
    },
    {
      least: 2,
      most: 5,
      lines: [
        'Key: <key>',
        'Key signature: <key>',
        'Tonality: <key>',
        '<key:Home key: <KeyShort>>',
        'Tempo: <bpm>',
        '<tempo:Tempo: <Bpm>>',
        'Tempo marking: <italian>',
        'Tempo marking: <italian> (<bpm>)',
        'Tempo: <pace>',
        'Metre: <meter bare>',
        'Time signature: <meter bare>',
        'Scored for: <list>',
        'Instrumentation: <list>',
        'Instrumentation: <solo> (solo)',
        'Instrumentation: <list>; <no drums>',
        'Instrumentation: <list>, with <drums>',
        'Running time: <long exactly>',
        'Duration: <clock>',
        'Duration: ca. <long exactly>',
        'Companion piece (same shelf): <work>',
        'See also: arrangement for <other instrument> by another publisher',
        'Date of accession: <day>/<year>',
        'Condition: <stars>',
      ],
    },
  ],
  joint: '. ',
  after: '.',
  letters: 'as written',
};
