import type { Hand } from '../hand.ts';

/** Hashtags and key=value pairs under a post. */
export const hashtagger: Hand = {
  parts: [
    {
      least: 1,
      most: 1,
      lines: [
        'new {sketch|demo|piece}!',
        'day <count> of making music',
        '"<title>" out now',
        'wrote this in {<other minutes> minutes|one evening}',
        '{tiny|little} <mood> thing for <scene>',
      ],
    },
    {
      least: 3,
      most: 6,
      lines: [
        '#<genre joined>',
        '#<mood>',
        '#<lead joined>',
        '#<lead joined>music',
        '#<tempo:<Bpm>bpm>',
        '#<pace joined>',
        '#<key:<KeyJoined>>',
        '<key:key=<KeyShort>>',
        '<key:key:<KeyJoined>>',
        '<tempo:bpm=<Bpm>>',
        '<tempo:tempo=<Bpm>>',
        '<meter:sig=<Meter>>',
        '<meter:ts:<Meter>>',
        '#<nodrums>',
        'inst=<pluses>',
        'instr:<pluses>',
        '<duration:len=<Clock>>',
        '<duration:dur=<Compact>>',
        '#midi',
        '#music<year>',
        '#4you',
        '#AMinorInconvenience',
        '#keyboardwarrior',
      ],
    },
  ],
  joint: ' ',
  letters: 'as written',
};
