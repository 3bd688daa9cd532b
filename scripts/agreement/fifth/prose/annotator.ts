import type { Hand } from '../hand.ts';

/** The plain captions of a model that was given tags. */
export const annotator: Hand = {
  parts: [
    {
      least: 1,
      most: 1,
      lines: [
        '%A <mood> and <mood> <genre> song that {features|showcases|is built around} <list>.',
        '%A <mood> <genre> composition led by <a lead>{, evoking images of <place>|}.',
        'This {short|little} instrumental blends <genre> with %a <genre> sensibility{ and a <mood> atmosphere|}.',
        'Set in <key>, this <mood> {piece|tune|composition} {brings to mind|evokes} <place>.',
        '%A <pace> <genre> {song|track|tune} with %a <mood> {mood|feel|air}.',
        'With <list> at its heart, this {track|song} has %a <mood>, <mood> quality.',
        'This is %a <mood> {piece|number} for <solo> without any company.',
      ],
    },
    {
      least: 1,
      most: 3,
      lines: [
        'The song is {in|set in|written in} the key of <key>{ and keeps a <meter bare> time signature|}.',
        'The {piece|song} {moves|unfolds|proceeds} at %a <pace of> tempo{ in <meter>|}.',
        'Set in the key of <key>, it {moves|flows} {at <bpm>|in <meter>|<adverb>}.',
        'It has a <meter bare> time signature and a tempo of <bpm>.',
        'Its tempo is {set to|marked|given as} <italian>.',
        'The {melody|main theme} is carried by the <lead>, with <lead> {adding|providing} {colour|support|texture} underneath.',
        'Alongside <a lead>, one hears <list>.',
        'A {steady|simple} pattern on the <drums> {anchors|supports} it.',
        'It has <no drums>, which {adds to|underlines} the <mood> mood.',
        'The chord progression revolves around <chords>.',
      ],
    },
    {
      least: 0,
      most: 1,
      lines: [
        'It lasts <long>.',
        'The whole runs for <long>{ before fading out|}.',
        'It {would not be out of place|would fit well} in <scene>.',
        'Its verse-chorus form {leaves room for|ends on} %a <mood> bridge.',
      ],
    },
  ],
  joint: ' ',
  letters: 'sentence',
};
