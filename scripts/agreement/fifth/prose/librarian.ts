import type { Hand } from '../hand.ts';

/** Describes a track of a library of production music to those who might license it. */
export const librarian: Hand = {
  parts: [
    {
      least: 1,
      most: 1,
      lines: [
        '<mood>, <mood> <genre> bed {suitable for|that works under} <scene>.',
        '<pace> and <mood>: %a <genre> cue for <list>.',
        'Featuring <list>, this <mood> cue {supports|underscores} <scene>.',
        '%A <long before noun> cue with %a <mood> arc.',
        '<genre> theme, {first heard on <list>|carried by <a lead>}.',
        'Solo <solo> cue, {warm|close} and dry.',
      ],
    },
    {
      least: 1,
      most: 3,
      lines: [
        'The cue is in <key>, which makes it easy to {cross-fade|edit} with its neighbours.',
        'Edit points {fall|occur} every four bars of <meter bare>.',
        'At <bpm>, it {cuts|edits} easily to picture.',
        '<italian> {throughout|from start to finish}, with a {soft|clean} button ending.',
        'Full length: <long exactly>{; a 30-second cutdown is sold separately|}.',
        '<no drums>, so it {sits|stays} well under dialogue.',
        'With <drums> and <list>{ in support|}.',
        '{Leads with|Built on} <lead>{, then opens up|}.',
        'Runs {at|to} <long>{, loopable|}.',
        'Alternate mixes, such as one for <other instrument>, {are available|can be ordered}.',
        'Listeners of <work> will {feel at home|recognise the mood}.',
        'The alternate mix is in <other key>; the cue you hear is in <key>.',
        'Delivered as 24-bit/48 kHz stems{, <count> MB|}.',
      ],
    },
  ],
  joint: ' ',
  letters: 'sentence',
};
