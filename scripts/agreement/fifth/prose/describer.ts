import type { Hand } from '../hand.ts';

/** Long sentences, each with several facts. */
export const describer: Hand = {
  parts: [
    {
      least: 1,
      most: 1,
      lines: [
        'Clocking in at <long>, this <mood> <genre> {piece|track} in <key> {opens|begins} with <a lead>, {joined later|soon joined} by <list>.',
        '<band> {intertwine|trade phrases|weave together} in this <mood> piece, which sits in <key> at <bpm about>.',
        'A lone <solo one> {wanders|finds its way} through <key>, in <meter> and <adverb>.',
        'Imagine <place>: that is where this <long before noun> piece {takes us|seems to live}.',
        'In <meter> and <adverb>, %a <lead one> {traces|spells out} %a <mood> melody in <key>.',
        'Here is %a <mood> {slice|piece} of <genre>, <pace> and in <key>, {with|featuring} <list>.',
        'From the first bar, the <lead one> sets %a <mood> tone in <key>.',
      ],
    },
    {
      least: 1,
      most: 2,
      lines: [
        'Although {it feels|it seems} free at first, the {bars|beats} fall squarely into <meter>, at <bpm>.',
        'The {pulse|tempo}, which hovers <tempo:around <Bpm> BPM>, {never wavers|stays put until the end}.',
        'If one {counts|taps} along, one ends up {with|at} <bpm in words>.',
        'Over <long>, {little changes|the mood darkens}, and that seems to be the point.',
        'Harmonically it stays close to home, <key>, {despite|apart from} a borrowed chord here and there.',
        'The texture is {thin|sparse}: <no drums>, <no rare>, {only|nothing but} <list>.',
        '{What|The thing that} stands out is the <lead>{, which is mixed to the front|}.',
        'Beneath it all, <some drums> can be heard{, rather far back in the mix|}.',
        'The first {ten|fifteen} seconds are a quiet introduction{ before the theme enters|}.',
        'One might call it a relative of <work>{, though it is less grand|}.',
        'The {style|writing} {recalls|looks back to} the {80s|90s|1970s}, {much like|not unlike} the library music of that {time|day}.',
      ],
    },
  ],
  joint: ' ',
  letters: 'sentence',
};
