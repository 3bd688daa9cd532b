import type { Word } from './caption-words.ts';
import type { Clause } from './clause.ts';
import { ROLE } from './word-role.ts';
import { wordSet } from './word-set.ts';

/** What the subject of a clause may be for the clause to be of the piece: music, what belongs to it, and who made or plays it. */
const OF_MUSIC = wordSet(`
  piece song track tune composition work number music recording performance arrangement cover version file clip excerpt sample audio midi
  tempo tempi key meter metre melody melodies harmony harmonies rhythm rhythms pulse beat beats groove mood atmosphere feel feeling texture
  instrumentation tonality mode signature marking structure form style sound sounds tone dynamics touch phrasing line lines chords chord
  progression bass hand hands register theme themes motif tune voice voices part parts figure pattern arpeggios arpeggio notes note
  composer pianist performer player players musician musicians ensemble band duo trio production mix length duration time total
  runtime metronome count speed pace crotchet quarter lead soloist accompaniment centre center colour color palette scale whole
  thing result effect choice use combination blend whole entire journey ride take rendition interpretation instrument instruments
  solo duet setting session loop jingle score soundtrack ballad waltz march lullaby nocturne prelude study etude minuet mazurka polka
  sonata sketch miniature elegy reverie improvisation instrumental caption description vibe character soundscape backing interplay
  timbre volume energy emotion sadness melancholy joy lilt swing sway tonic root home harmony resonance story
  drum drums percussion keys keyboard playing everything nothing all most rest one ones writing language bpm instrumentals movement
  meditation romance fantasy genre aesthetic itself bar bars measure tuning half second first`);
/** The same where they belong to somebody: "my metronome says 60". */
const MEASURES = wordSet('metronome tuner daw app software ear ears phone foot count guess verdict analysis');
const LEADING = wordSet(
  'and but so or yet then , . ; : ! ? ( [ " “ ” although while because since when also still now here however though if where plus or',
);
const AUXILIARIES = wordSet(
  'is are was were has had have does do did will would can could should may might must been be',
);
const REACH = 12;

/**
 * Whether a clause speaks of a thing that is not known to be of music: "the label wanted drums", "my previous prompt said 5/4", "the
 * client's other advert uses a saxophone". Asked of clauses that begin with an article or an owner.
 */
export function hasStrangeSubject(words: readonly Word[], { from, to }: Clause): boolean {
  let at = from;
  while (at < to && LEADING.has(textAt(words, at))) at++;
  const first = words[at];
  if (first === undefined || at >= to || first.isTitle) return false;
  const isOwned = (first.roles & ROLE.owner) !== 0;
  if (!isOwned && !['the', 'a', 'an', 'some', 'another', 'every', 'each'].includes(first.text)) return false;
  let head = '';
  let isOfSomebody = isOwned;
  let isPast = false;
  for (let index = at + 1; index < Math.min(to, at + REACH); index++) {
    const word = words[index];
    if (word === undefined || word.isTitle) return false;
    const { text, roles } = word;
    if ([',', ':', ';', '.', '—', '–', '(', '|', '/'].includes(text)) return false;
    if ((roles & (ROLE.finite | ROLE.be)) !== 0 && head !== '' && !isNounHere(words, index))
      return isStrange(head, isOfSomebody);
    if ((roles & (ROLE.preposition | ROLE.relative)) !== 0) isPast = true;
    if (isPast || (roles & ROLE.adverb) !== 0) continue;
    if (/['’]s$/.test(text)) isOfSomebody = true;
    else if (/^\p{L}/u.test(text)) {
      head = text;
      if ((roles & ROLE.instrument) !== 0) head = 'piece';
    }
  }
  return false;
}

function isStrange(head: string, isOfSomebody: boolean): boolean {
  if (isOfSomebody) return !MEASURES.has(head);
  return !OF_MUSIC.has(head);
}

/** "the title sequence plays is", "the client calls for": of two verbs in a row the first is a noun. */
function isNounHere(words: readonly Word[], at: number): boolean {
  const [word, next] = [words[at], words[at + 1]];
  if (word === undefined || next === undefined || AUXILIARIES.has(word.text)) return false;
  return (next.roles & ROLE.be) !== 0 || AUXILIARIES.has(next.text);
}

function textAt(words: readonly Word[], at: number): string {
  return words[at]?.text ?? '';
}
