import type { Hand } from '../hand.ts';

/** Is not content. */
export const grumbler: Hand = {
  parts: [
    {
      least: 1,
      most: 2,
      lines: [
        'A minor complaint first: the site took <other minutes> minutes to load.',
        '<stars>, and that is generous.',
        'I was promised something <mood> and got {elevator music|wallpaper}.',
        'I’d rather {hear|sit through} <work> on a kazoo.',
        'Who {asked for|needed} this in <year>?',
        'The {quick|short} version: not for me.',
        'I paid $<price> for {this|it} and want {it|my money} back.',
        '{People|Some} call it <mood>; I call it flat.',
        'They trumpet it as a major event. {It isn’t|Hardly}.',
        'The advert said <other key>, but that was for the other track in the pack.',
      ],
    },
    {
      least: 0,
      most: 2,
      lines: [
        '<long> of {nothing|dithering}.',
        '{How|Why} is {this|it} only <long>?',
        'It {plays|goes on} <adverb>{, forever|}.',
        '<pace> stuff, not my cup of tea.',
        'I do not see why it must be <pace of>.',
        'In <key>, {again|of all keys}.',
        'Yet another {piece|tune} in <key>.',
        'Yes, {yes|fine}, <meter>, like everything else.',
        'At <bpm> {nobody can|you can’t} {dance|relax} to it.',
        'The <lead> {sounded|came across as} {thin|cheap}, the <lead> {worse|even cheaper}.',
        'The <lead> {should have stayed|belonged} further back in the mix.',
        'Only <solo>? {Come on|Really}?',
        'And <no drums>! {Not one|None at all}!',
        'The <drums> {sounded} {too loud|pasted on}.',
      ],
    },
    {
      least: 0,
      most: 1,
      lines: [
        'Where is the {tune|fun}?',
        'My toaster {has|shows} more feeling.',
        'I {gave|returned} it to <person>, who plays the <other instrument>.',
        'They should {play|try} it at <other bpm> bpm and in <other key>, then we can talk.',
        'The download of <other minutes> MB failed <few> times, too.',
      ],
    },
  ],
  joint: ' ',
  letters: 'sentence',
};
