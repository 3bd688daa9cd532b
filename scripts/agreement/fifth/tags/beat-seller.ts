import type { Hand } from '../hand.ts';

/** The title line of somebody who sells beats. */
export const beatSeller: Hand = {
  parts: [
    {
      least: 1,
      most: 2,
      lines: [
        '[FREE] <mood> type beat',
        '<mood> {<genre>|sad} beat',
        '(<year> style) <genre> instrumental',
        '"<title>"',
        '{NEW|HOT} <genre> loop kit vol. <few>',
      ],
    },
    {
      least: 3,
      most: 6,
      lines: [
        '<key:<KeyShort>>',
        '<key:Key - <KeyShort>>',
        '<key:KEY: <KeyShort>>',
        '<key:Camelot <Camelot>>',
        '<tempo:<Bpm>BPM>',
        '<tempo:<Bpm> Bpm>',
        '<tempo:BPM - <Bpm>>',
        '<tempo:@<Bpm>>',
        '<pace>',
        '<meter bare>',
        'w/ <commas>',
        '<list plus>',
        '<lead> sample',
        'live <drums>',
        '<no drums>',
        '<drumless>',
        '<duration:<Compact>>',
        '<clock>',
        '$<price> lease',
        'prod. <artist>',
        'FLP incl.',
        '140+ plays a day',
        '{320|192} kbps mp3',
      ],
    },
  ],
  joint: ' | ',
  letters: 'as written',
};
