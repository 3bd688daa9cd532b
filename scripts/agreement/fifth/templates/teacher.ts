import type { Hand } from '../hand.ts';

/** Fills in a work sheet for a class. */
export const teacher: Hand = {
  parts: [
    {
      least: 1,
      most: 1,
      lines: [
        'Listen to the piece and notice the key, <key>.',
        'Today’s listening example is by <artist>.',
        'Listening example no. <count>: %a <mood> piece.',
        'Listen for <a lead> in this example.',
        'Listen to <band> playing together.',
        'Count along in <meter>.',
      ],
    },
    {
      least: 2,
      most: 4,
      lines: [
        'What key is it in? <key>.',
        'How fast is it? <bpm>.',
        'How fast is it? It moves <adverb>.',
        'What is the Italian tempo word? <italian>.',
        'What does the metronome say? <tempo:♩ = <BpmOfQuarter>>.',
        'What is the time signature? <meter bare>.',
        'How many beats in a bar? Count them: <meter>.',
        'Which instruments play? <list>.',
        'Which instrument plays? Only <solo>.',
        'Is there percussion? Yes, we hear <drums>.',
        'Does anybody keep the beat? No, it has <no drums>.',
        'How long is it? <long>.',
        'How does it make you feel? A little <mood>.',
        'Compare it with <work>.',
        'Remember: %a <other key> scale is our homework for <day>.',
        'Would it suit %a <other instrument>? Discuss for <few> minutes.',
      ],
    },
  ],
  joint: ' ',
  letters: 'sentence',
};
