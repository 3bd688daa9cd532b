import type { Hand } from '../hand.ts';

/** Puts everything into the name of the file, or one field to a line. */
export const fileNamer: Hand = {
  parts: [
    {
      least: 0,
      most: 2,
      lines: [
        'genre: <genre>',
        'mood: <mood> / <mood>',
        'file: track_<count>',
        'by: <artist>',
        'added: <day>',
        'rev: <few> of 9',
      ],
    },
    {
      least: 3,
      most: 6,
      lines: [
        '<key:key: <KeyShort>>',
        '<key:KEY <KeyShort>>',
        'key/scale: <key>',
        '<key:camelot: <Camelot>>',
        '<tempo:bpm: <Bpm>>',
        '<tempo:tempo: <Bpm>>',
        'tempo: ~<bpm>',
        'tempo: <pace>',
        'tempo: <italian small>, <bpm>',
        'feel: <adverb>',
        'time sig: <meter bare>',
        'meter: <meter>',
        'instr.: <commas>',
        'inst: <list plus>',
        'lead: <lead>',
        'solo instr.: <solo>',
        'perc: <drums>',
        '<perc none>',
        'length: <long exactly>',
        'len: <clock>',
        'dur.: <duration:<Compact>>',
        'ref: <work>',
        'alt version: <other instrument>, <other bpm> bpm',
        'price: <price>',
        'rating: <stars>',
      ],
    },
  ],
  joint: '\n',
  letters: 'as written',
};
