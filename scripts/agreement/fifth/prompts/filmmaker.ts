import type { Hand } from '../hand.ts';

/** Thinks in pictures and in seconds. */
export const filmmaker: Hand = {
  parts: [
    {
      least: 1,
      most: 1,
      lines: [
        'Music for <scene>: <mood>, {never|not} too sweet.',
        'We open on <place>. {The music is|I hear} <mood>, {played by|on} <list>.',
        '%A <long before noun> cue for <scene>.',
        'Underscore, <mood>, <pace>, <list>.',
        'Score the moment when <person> walks into <place>.',
        'Generate %a <mood> background track {featuring|with} <band>.',
        'Create %a <mood> instrumental, <solo> only.',
      ],
    },
    {
      least: 1,
      most: 4,
      lines: [
        'Length {exactly|of} <long exactly>{, hard out|}.',
        'It must {run|fill} <long>.',
        'The picture is cut to <bpm>.',
        'Tempo {about the same as the temp track|as in the edit}: <tempo:<Bpm>>.',
        '{I imagine|I’d like} %a <pace of> tempo.',
        'It should move <adverb>.',
        'In <key> if possible.',
        'The temp track was in <key>, and this should be too.',
        '{Count it|Put it} in <meter>.',
        '%A <lead one> should {carry|state} the theme.',
        'Then bring in <list>.',
        '{Some|Add some} <drums> under the dialogue, {quiet|dry}.',
        'Definitely <no drums>; the scene is fragile.',
        'We do not want anything like <work>.',
        'The film is <other minutes> minutes long and set in <year>.',
        'The temp track had %a <other instrument> and everyone hated it.',
        '{Shot|Scene} <few> of 12, take <day>.',
      ],
    },
  ],
  joint: ' ',
  letters: 'sentence',
};
