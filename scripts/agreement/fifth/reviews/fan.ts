import type { Hand } from '../hand.ts';

/** Listens a lot and says so. */
export const fan: Hand = {
  parts: [
    {
      least: 1,
      most: 2,
      lines: [
        'Heard this at <place> on <day> and {could not|couldn’t} get it out of my head.',
        '<stars>, and I {never|hardly ever} give that.',
        '{I usually|Normally I} listen to drum and bass, so this was a surprise.',
        'My <few>-year-old {dances|falls asleep} to it every night.',
        '{Found|Discovered} it because <person> sent me a link, no strings attached.',
        '{Absolutely|Totally} <mood>, I cried on the bus for <other minutes> minutes.',
        'I {have|own} it on a 45 rpm single from <year>.',
        'This is %a <long before noun> {hug|love letter}.',
        '“<title>” {pulls at|tugs on} the heartstrings like nothing else by <artist>.',
        'I know nothing about music theory, a major gap, but this is <mood>.',
      ],
    },
    {
      least: 0,
      most: 2,
      lines: [
        'That <lead>, {wow|my goodness}!',
        'Just <solo>, nothing else, and it still gives me {goosebumps|chills}.',
        'The way the <lead one> and the <lead one> {talk to|chase} each other...',
        '{Finally|At last} something with <no drums>!',
        'Best <drums> I have heard {all year|in ages}.',
        'And it’s only <long>, I {have|keep it} on repeat.',
        'My app says <bpm>, {perfect|just right} for {knitting|doing the dishes}.',
        'It {moves|goes} <adverb>, and I {love|like} it that way.',
        'It is {so|really} <pace>, {but|and} never {boring|dull}.',
        '<person> says it is in <key>, and they would know.',
        '{Learned|Worked out} by ear that it’s in <key>.',
        'You can sway to it in your kitchen: it’s in <meter bare>.',
      ],
    },
    {
      least: 0,
      most: 1,
      lines: [
        'Better than <work>, there, I said it.',
        'I wish somebody would play it on the <other instrument>.',
        'The {B-side|other track}, at <other bpm> bpm, I {skip|can do without}.',
        'Fast delivery too.',
        'Is there sheet music for %a <other instrument>?',
      ],
    },
  ],
  joint: ' ',
  letters: 'sentence',
};
