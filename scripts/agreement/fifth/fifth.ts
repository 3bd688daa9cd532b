import type { Style } from '../style.ts';
import { filmmaker } from './prompts/filmmaker.ts';
import { gameMaker } from './prompts/game-maker.ts';
import { hurriedTyper } from './prompts/hurried-typer.ts';
import { musician } from './prompts/musician.ts';
import { promptEngineer } from './prompts/prompt-engineer.ts';
import { annotator } from './prose/annotator.ts';
import { describer } from './prose/describer.ts';
import { librarian } from './prose/librarian.ts';
import { machine } from './prose/machine.ts';
import { storyteller } from './prose/storyteller.ts';
import { critic } from './reviews/critic.ts';
import { fan } from './reviews/fan.ts';
import { grumbler } from './reviews/grumbler.ts';
import { seller } from './reviews/seller.ts';
import { student } from './reviews/student.ts';
import { styleOfHands } from './style-of-hands.ts';
import { beatSeller } from './tags/beat-seller.ts';
import { exporter } from './tags/exporter.ts';
import { fileNamer } from './tags/file-namer.ts';
import { hashtagger } from './tags/hashtagger.ts';
import { tagger } from './tags/tagger.ts';
import { arranger } from './templates/arranger.ts';
import { cataloguer } from './templates/cataloguer.ts';
import { programmer } from './templates/programmer.ts';
import { researcher } from './templates/researcher.ts';
import { teacher } from './templates/teacher.ts';

/** Captions by somebody who had seen neither the code that reads them nor the sets before. */
export const FIFTH: readonly Style[] = [
  styleOfHands('templates', [programmer, cataloguer, researcher, teacher, arranger]),
  styleOfHands('prose', [annotator, describer, librarian, machine, storyteller]),
  styleOfHands('tags', [tagger, beatSeller, exporter, hashtagger, fileNamer]),
  styleOfHands('prompts', [hurriedTyper, promptEngineer, musician, filmmaker, gameMaker]),
  styleOfHands('reviews', [fan, critic, seller, student, grumbler]),
];
