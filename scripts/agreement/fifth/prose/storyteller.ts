import type { Hand } from '../hand.ts';

/** Tells what happens from the beginning to the end. */
export const storyteller: Hand = {
  parts: [
    {
      least: 1,
      most: 1,
      lines: [
        'It {starts|begins} with <a lead> on its own{, almost shy|}.',
        '{Somebody|Someone} takes up the melody on the <solo> and {plays|muses} as if alone in <place>.',
        'A {door|curtain} opens onto <place>, and we hear <list>.',
        'The first thing you hear is the <lead>, {quiet|clear} and <mood>.',
        'We are in <key> from the start{, and we never leave it|}.',
        'Ready or not, we are off, <adverb>, in <meter>.',
      ],
    },
    {
      least: 1,
      most: 3,
      lines: [
        'Then in comes the <lead>{, warmer than expected|}.',
        'After the second phrase, <list> can be heard in reply{, half in earnest|}.',
        '{Soon|Before long} <some drums> can be heard{ as well|}.',
        '<nobody drums>: it is all held together by the <lead>.',
        'All of this happens in <key>{, with a detour that does not last|}.',
        'The middle {section|part} turns <mood>, the ending <mood>.',
        'It {ambles|goes|moves} along at <bpm about>{, give or take|}.',
        'It goes by <adverb>{, like weather|}.',
        'The {bars|measures} are counted in <meter>{, if one counts at all|}.',
      ],
    },
    {
      least: 1,
      most: 1,
      lines: [
        '<long about> later it is {over|gone}.',
        'And then, after <long>, {silence|it stops}.',
        'The last chord is left to ring.',
        'It ends as it began, {on the <lead>|<mood>}.',
        'You would think it {belonged|had been made} for <scene>.',
        'For a moment it might turn into <work>, but it does not.',
      ],
    },
  ],
  joint: ' ',
  letters: 'sentence',
};
