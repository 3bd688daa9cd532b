import type { Hand } from '../hand.ts';

/** Sells sheet music and backing tracks. */
export const seller: Hand = {
  parts: [
    {
      least: 1,
      most: 1,
      lines: [
        'Bestseller! <count> copies sold since <year>.',
        'Digital download, <few> pages, A4, $<price>.',
        'Our customers rate it <stars>.',
        '<title> by <artist>, {newly|freshly} engraved.',
        '{Printed|Published} edition, condition {good|like new}, {pencil marks|a coffee stain} on page <day>.',
        'From the series “{Easy|First} Pieces”, volume <few>.',
        'Perfect for {grade|Grade} <few> students.',
      ],
    },
    {
      least: 1,
      most: 3,
      lines: [
        'For <list>.',
        'Sheet music for <list>, in <key>.',
        'Set for <solo> solo.',
        'You get one score and parts for <list>.',
        'Original key: <key>.',
        'Original key <key>; we can transpose it to <other key> for an extra fee of $<price>.',
        '<key:Key: <KeyShort>>.',
        'Metronome: <tempo:q = <BpmOfQuarter>>.',
        'Metronome: <bpm>.',
        'To be played <adverb>.',
        'Marked <italian>.',
        'Time signature <meter bare>, {no changes|easy to count}.',
        'Performance time: <long exactly>.',
        'Duration <long>.',
        '{Includes|Comes with} a part for <drums>.',
        'This set has <no drums>.',
        'Moderate difficulty, a few sharp corners.',
      ],
    },
    {
      least: 1,
      most: 2,
      lines: [
        'Fast shipping, usually within 2-4 days.',
        '{Buyers|People} who liked this also bought <work>.',
        'Also available: the version for <other instrument> (<other key>, <other minutes> minutes).',
        'Other titles in our shop: <opus>, “{Slow|Quick} Tunes for <other instrument>”.',
        'Returns accepted for 30 days.',
        'As heard in <scene>!',
        'We have <count> reviews, average <stars>.',
        'Please {note|mind}: the recording on our site is of the companion volume, recorded in <year>.',
      ],
    },
  ],
  joint: ' ',
  letters: 'sentence',
};
