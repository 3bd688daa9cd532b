import type { Hand } from '../hand.ts';

/** Writes for a magazine, with a good deal of learning. */
export const critic: Hand = {
  parts: [
    {
      least: 1,
      most: 2,
      lines: [
        'In a year full of <genre> revivals, “<title>” {keeps its nerve|stands apart}.',
        '{Placed|Programmed} between <work> and {an encore|the interval}, it {held its own|seemed modest}.',
        'One thinks of <work>, {if only briefly|and then thinks better of it}.',
        'The composer’s earlier <opus> was written for <other instrument>{ and is best forgotten|}.',
        'A sharp wit, a flat delivery: {such|that} was the verdict on <artist> in <year>.',
        'The <year> recording of <work>, at <other minutes> minutes, {remains|is still} the yardstick for this {sort of|kind of} mood.',
        'There is %a <mood> {streak|undertow} here that the {programme|sleeve} note, <few> pages long, {never mentions|misses}.',
        'A minor work? {Perhaps|Possibly}. {But|Yet} the <mood> tone is {no accident|well judged}.',
        'Its author studied the <other instrument> {before turning to|and then} composition{| in <year>}.',
      ],
    },
    {
      least: 0,
      most: 2,
      lines: [
        'The {piece|music}, in <key>, {avoids|eschews} every obvious cadence.',
        'What we {get|hear} is <key>, {plain|unadorned} and unashamed.',
        'It is scored for <list>{, an economical choice|}.',
        'The <italian> marking is {respected|taken at its word} throughout.',
        'At <bpm>, the {phrases|lines} have {room|time} to {breathe|speak}.',
        'It proceeds <adverb>, {as if|as though} nothing {were|was} at stake.',
        'It is {strictly|dutifully} in <meter>, though the harmony wanders.',
        'For <long> we are held by <a lead>{ and little else|}.',
        'All of it takes <long>, {and that is enough|not a bar too many}.',
        'The {writing|part} for the <lead> is {idiomatic|grateful}; that for the <lead> {less so|a touch stiff}.',
        'The <drums>, for once, {know|knew} when to {be quiet|hold back}.',
        'With <no drums> to lean on, the rubato {persuades|convinces}.',
      ],
    },
    {
      least: 0,
      most: 1,
      lines: [
        'Three stars out of five.',
        'One would like to hear it {paired|coupled} with <work>.',
        'The concert was repeated on <day>, {in|at} <place>.',
        'The key question, {as ever|as always}, is whether it will last.',
        'The <other instrument> concerto that followed, in <other key>, {outstayed its welcome|dragged on slowly}.',
      ],
    },
  ],
  joint: ' ',
  letters: 'sentence',
};
