import type { Hand } from '../hand.ts';

/** Comma-separated tags as of a stock music site. */
export const tagger: Hand = {
  parts: [
    {
      least: 3,
      most: 5,
      lines: [
        '<genre>',
        '<mood>',
        '<commas>',
        '<lead>',
        'solo <solo>',
        '<key>',
        '<key:key of <KeyShort>>',
        'in <key>',
        '<bpm>',
        '<bpm range>',
      ],
    },
    {
      least: 2,
      most: 6,
      lines: [
        '<pace>',
        '<pace of> tempo',
        '<italian small>',
        '<meter>',
        '<meter bare>',
        '<long exactly>',
        '<long before noun> track',
        '<drums>',
        '<no drums>',
        '<drumless>',
        '<mood>',
        '<genre>',
        'instrumental',
        '<commas>',
        'royalty free',
        '24/7 stream',
        '<stars> stars',
        'similar to <work>',
        'background music',
        'loop',
      ],
    },
  ],
  joint: ', ',
  letters: 'lower',
};
