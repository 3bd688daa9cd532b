import type { Hand } from '../hand.ts';

/** Orders a piece as from a colleague. */
export const musician: Hand = {
  parts: [
    {
      least: 1,
      most: 1,
      lines: [
        'Write me a {short|small} piece for <list>{, <key>|}.',
        'Compose something <mood> in <key>{, <meter>|}.',
        'I need a {sketch|cue} for <duo>, <italian small>, in <key>.',
        '{Give|Write} me %a <pace> tune on <lead>.',
        'Unaccompanied <solo>, please, in <key>.',
        'A {theme|tune} in <meter>, {marked|call it} <italian small>.',
        'Could you do a <key:piece in <TonicOfMajor>> for <list>?',
        '{Try|Do} %a <meter bare> groove at <bpm>.',
      ],
    },
    {
      least: 1,
      most: 3,
      lines: [
        'Keep it in <key>, no modulations.',
        'Stay {at|around} <bpm>{ and do not rush|}.',
        '{Metronome|Click} at <tempo:<Bpm>>{, please|}.',
        '<tempo:Quarter note equals <BpmOfQuarter>>.',
        'It should be played <adverb>.',
        '{Bars|Phrases} in <meter>, four-bar phrases.',
        'Let the <lead> have the tune and give <lead> the {counter-melody|answer}.',
        '{Voicings|Chords} like <chords> would be welcome.',
        'Add {some|light} <drums> from the second verse on.',
        'And <no drums>, I beg you{; <no rare> either|}.',
        'I want <no drums> on this one.',
        'Make it {come out at|last} <long>.',
        '{Anywhere near|Close to} <duration:<Clock>> is fine.',
        'I have <work> in my ear, but do not copy it.',
        'By the way, the <other instrument> piece you did for <person> was {lovely|great}.',
        'The song before it in the set is in <other key>, hence my choice.',
      ],
    },
  ],
  joint: ' ',
  letters: 'sentence',
};
