import type { Hand } from '../hand.ts';

/** Types what comes to mind, all in small letters. */
export const hurriedTyper: Hand = {
  parts: [
    {
      least: 1,
      most: 1,
      lines: [
        '<mood> <genre> {thing|track|tune} for <scene>',
        '{gimme|make me|need} %a <mood> <genre> {tune|song} {in <key>|with <list>}',
        '<pace> <mood> <genre>',
        'something like <work> but <mood>',
        '<solo> solo, <mood>',
        '<list plus>, <mood>',
        '<genre> {loop|beat} <bpm>',
        'pls make <long before noun> bg music, <mood>',
      ],
    },
    {
      least: 1,
      most: 4,
      lines: [
        'in <key>',
        'key of <key>',
        '<key:key <KeyShort>>',
        '<bpm>',
        '<bpm about> or so',
        '<tempo:tempo <Bpm>>',
        '<meter>',
        '{w|with} <list plus>',
        'just <solo>',
        'and <drums>',
        '<no drums>{ pls| please|}',
        '<no drums> and <no rare> lol',
        '<without drums>',
        '{nice and|super|kinda} <mood>',
        '<adverb>',
        '<long about>{ long|}',
        'for a <other minutes> min video (i will loop it)',
        'no lyrics',
        '{the last one|my last try} with the <other instrument> at <other bpm> bpm was {meh|trash} btw',
        '{80s|90s} vibe',
      ],
    },
  ],
  joint: ', ',
  letters: 'lower',
};
