import type { Hand } from '../hand.ts';

/** Orders music for a game, level by level, with bullets. */
export const gameMaker: Hand = {
  parts: [
    {
      least: 1,
      most: 1,
      lines: [
        'Level <few>, <place>: <mood>, <genre>',
        'Menu theme: <mood>, {led by|on} <lead>',
        'Boss of level <few>: <mood>, <pace>',
        'Village theme for <list>',
        'Save room: <solo> and nothing else',
        'Shop music: <mood> <genre> in <key>',
        '%A <long before noun> loop, <mood>',
      ],
    },
    {
      least: 2,
      most: 4,
      lines: [
        'key: <key>',
        '<key> like the rest of this world',
        'bpm must be <tempo:<Bpm>> so that steps line up',
        '<bpm about>, the engine does not care',
        '{pace|speed}: <pace of>',
        '{the player|the hero} walks in time, so <adverb>',
        'tempo text in the score: <italian>',
        '<meter> (no {odd bars|meter changes})',
        'time signature <meter bare>',
        '{seamless loop|loops} after <long exactly>',
        'total <duration:<Clock>>',
        'channels: <commas>',
        'channel 1: <lead>',
        'channel 2: <lead>',
        'channel 10: <drums>',
        'leave channel 10 empty, so <no drums>',
        '<without drums>, <no rare>',
        '<few> layers',
        'the <other instrument> theme of the villain is a separate order',
        'level <few> had <other bpm> bpm and felt rushed',
        'cooldown between two plays: <other minutes> minutes',
      ],
    },
  ],
  joint: '\n- ',
  letters: 'as written',
};
