import type { Hand } from '../hand.ts';

/** A chat model that was asked to describe the music from its features. */
export const machine: Hand = {
  parts: [
    {
      least: 0,
      most: 1,
      lines: [
        'Here’s a caption for the track:',
        'This captivating {composition|instrumental} {invites|draws} the listener into %a <mood> soundscape.',
        'Immerse yourself in %a <mood> journey {through|into} the world of <genre>.',
        'A testament to the power of <genre>, this piece balances the <mood> with the <mood>.',
      ],
    },
    {
      least: 2,
      most: 4,
      lines: [
        'The {gentle|expressive|delicate} interplay of <duo> {creates|weaves} a rich tapestry of sound.',
        'The {expressive|soaring|plaintive} <lead one> {takes centre stage|serves as the focal point}, {complemented|supported} by <list>.',
        'The arrangement brings together <band>{, each given room to breathe|}.',
        'A solitary <solo one> carries the entire piece{, imbuing it with intimacy|}.',
        '{Anchored|Rooted|Grounded} in <key>, the harmony {conveys|evokes} %a <genre> sensibility.',
        'The choice of <key> {lends|gives} it %a <mood> {hue|colour}.',
        'With its <pace of> tempo of <bpm>, the {music|track} {maintains|keeps} a sense of direction.',
        'Its <pace of> tempo {allows|leaves room for} each phrase to {unfold|speak}.',
        'Driven by {a tempo of <bpm>|<some drums>}, it {pushes|moves} onward.',
        'The <meter bare> time signature {provides|gives it} a {familiar|clear} rhythmic framework.',
        '%A <meter bare> {feel|pulse} runs through the {whole|entire} piece.',
        'The percussive foundation is provided by <some drums>.',
        'That it has <no drums> {deepens|heightens} the intimacy.',
        'Over the course of <long exactly>, the {listener|music} travels from the <mood> to the <mood>.',
        'Spanning <long>, it {never overstays its welcome|tells a complete story}.',
        'While it may recall <work>, it speaks with a voice of its own.',
      ],
    },
    {
      least: 0,
      most: 1,
      lines: [
        'Overall, it strikes a {major|minor} chord with those who enjoy <genre>.',
        'Ideal for <scene>.',
        'In sum, {the piece|it} is {equal parts|both} <mood> and <mood>.',
        'The key to its appeal lies in its simplicity.',
      ],
    },
  ],
  joint: ' ',
  letters: 'sentence',
};
