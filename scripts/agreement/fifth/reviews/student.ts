import type { Hand } from '../hand.ts';

/** Has to learn it, or to write about it for a class. */
export const student: Hand = {
  parts: [
    {
      least: 1,
      most: 2,
      lines: [
        'We had to {analyse|listen to} this for class {together with|right after} <work>.',
        'My teacher {made me|let me} {learn|study} this after <few> months of scales in <other key>.',
        'I practise {it|this} {40|20|90} minutes a day{, no kidding|}.',
        'Week <few> of working on it.',
        'I’m {mainly|really} %a <other instrument> player, so take this with a grain of salt.',
        'Exam on <day>, wish me luck.',
        'For my <genre> seminar I chose “<title>”.',
        'I {got|was given} a B minus for my essay on <work>, so here is {another try|a second attempt}.',
        'I started at <other bpm> on the metronome and {am not there yet|it still falls apart}.',
        'Question for everyone who plays it: how do you count the {ornaments|grace notes}?',
      ],
    },
    {
      least: 0,
      most: 2,
      lines: [
        'It’s in <key>, {which means|so} my {fingers|eyes} {hurt|suffer}.',
        'I’m {fairly|pretty} sure it’s in <key>.',
        'The key is <key> {and not what I wrote in my first draft|(I checked twice)}.',
        'Target tempo is <bpm>{, help|}.',
        '<tempo:Full speed is <Bpm>>, {my teacher says|according to the app}.',
        'It has to be played <adverb>, {which is harder than it looks|and that is the hard part}.',
        'It says <italian> at the top{, whatever|}.',
        'The time signature is <meter bare>, {thank God|thankfully}.',
        'You count it in <meter>{, I think|}.',
        'It’s written for <list>.',
        'It’s for <solo> only, so there is nowhere to hide.',
        'The parts are for <list>{, I got the short straw|}.',
        'There’s <a lead> in it, {yay|my favourite}.',
        'It has <no drums>, so {keeping time|staying together} is on us.',
        'There is a part for <drums>{, so my brother joins in|}.',
        'It’s <long> {from start to finish|long}{, not that bad|}.',
      ],
    },
    {
      least: 0,
      most: 1,
      lines: [
        'Next up: <work>, slowly.',
        'A {minor|major} headache, but worth it.',
        '<stars> would {practise|suffer} again.',
        'Does anyone have the fingering for <other instrument>?',
        'The {hardest|trickiest} bar is bar <count>.',
        'The second piece in the book, in <other key>, is {easier|even worse}.',
      ],
    },
  ],
  joint: ' ',
  letters: 'sentence',
};
