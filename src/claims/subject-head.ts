import type { Word } from './caption-words.ts';
import type { Clause } from './clause.ts';
import { INSTRUMENTS_BY_WORD } from './instrument-lexicon.ts';
import { looksLikeQuality } from './looks-like-quality.ts';
import { textAt } from './text-at.ts';
import { FORM } from './word-form.ts';
import { ROLE } from './word-role.ts';
import { wordSet } from './word-set.ts';

/** What the subject of a clause may be for the clause to be of the piece: music, what belongs to it, and who made or plays it. */
const OF_MUSIC = wordSet(`
  piece song track tune cue picture measures composition work number music recording performance arrangement cover version file clip excerpt sample audio midi
  tempo tempi key meter metre melody melodies harmony harmonies rhythm rhythms pulse beat beats groove mood atmosphere feel feeling texture
  instrumentation tonality mode signature marking structure form style sound sounds tone dynamics touch phrasing line lines chords chord
  progression bass hand hands register theme themes motif tune voice voices part parts figure pattern arpeggios arpeggio notes note
  composer pianist performer player players musician musicians ensemble band duo trio production mix length duration time total
  runtime metronome count speed pace crotchet quarter lead soloist accompaniment centre center colour color palette scale whole
  thing result effect choice use combination blend whole entire journey ride take rendition interpretation instrument instruments
  solo duet setting session loop jingle score soundtrack ballad waltz march lullaby nocturne prelude study etude minuet mazurka polka
  sonata sketch miniature elegy reverie improvisation instrumental caption description vibe crochet minim quaver home intro ending recording's verse chorus bridge introduction coda outro middle section character soundscape backing interplay
  timbre volume energy emotion sadness melancholy joy lilt swing sway tonic root home harmony resonance story
  drum drums percussion keys keyboard playing everything nothing all most rest one ones writing language bpm instrumentals movement
  meditation romance fantasy genre cycle sequence series succession handful pair couple aesthetic box section pad itself bar bars measure tuning half second first item entry upload submission left right mark analysis estimate moment highlight charm bit beauty strength finest dancers orchestra everyone someone
  piece's record's track's song's marking's melody's`);
/** The same where they belong to somebody: "my metronome says 60". */
const MEASURES = wordSet('metronome tuner daw app software ear ears phone foot count guess verdict analysis');
/** Who plays the piece, where they are nobody's own: "our pianist", "a lone flautist". */
const isPlayer = (text: string): boolean => INSTRUMENTS_BY_WORD.get(text)?.[0]?.isPlayer === true;
const ARTICLES = wordSet('the a an its some another every each');
/** They make another thing of what they go with, a version or a piece. */
const OTHERS = wordSet(`
  last next previous earlier later former other another alternate alternative alt companion sister second third fourth preceding
  subsequent better-known known rejected sheet live older newer rival related accompanying unreleased temp temporary placeholder bonus
  scratch reference`);
/** "the banjo piece you did for my sister": not the one that is asked for or heard. */
const DID = wordSet('did made wrote sent gave composed generated delivered');
/** One of several things that a caption may be about: "level two had". */
const NUMBERED = wordSet(
  'level scene shot act stage chapter episode mission quest world round take track song piece number',
);
const PAST = wordSet('had was were felt did used got ran played');
const APART = wordSet('separate another different');
/** One of several: the piece is not "a version". */
const VERSIONS = wordSet(
  'version cover take mix remix setting arrangement edit rendition recording one try attempt go entry item draft',
);
const SUBJECTS = wordSet('i you we they he she');
const NAMES_PIECE = wordSet('a an scored written set by composed played performed');
const LEADING = wordSet(
  'and but so or yet then , . ; : ! ? ( [ " “ ” - – • * although while because since when also still now here however though if where plus or',
);
const AUXILIARIES = wordSet(
  'is are was were has had have does do did will would can could should may might must been be',
);
const REACH = 17;

/**
 * Where the verb of a clause is that speaks of a thing not known to be of music, or of another work: "the label wanted drums", "my previous prompt
 * said 5/4", "its companion piece, in C major, is". Asked of clauses that begin with an article, an owner, or a noun before "is".
 */
export function strangeVerb(words: readonly Word[], { from, to }: Clause): number | undefined {
  let at = from;
  while (at < to && LEADING.has(textAt(words, at))) at++;
  const first = words[at];
  if (first === undefined || at >= to || first.isTitle) return undefined;
  const isOwned = (first.roles & ROLE.owner) !== 0;
  const isNamed = isOwned || ARTICLES.has(first.text);
  if (!isNamed && !OTHERS.has(first.text)) return bareVerb(words, at);
  const subject = {
    head: isNamed ? '' : first.text,
    isOwned: isOwned && first.text !== 'our',
    isOther: OTHERS.has(first.text),
    isBy: false,
  };
  let isPast = false;
  for (let index = at + 1; index < Math.min(words.length, at + REACH); index++) {
    const word = words[index];
    if (word === undefined || word.sentence !== first.sentence || word.isTitle) break;
    const { text, roles, forms } = word;
    if ([':', ';', '.', '—', '–', '|', '/', ')'].includes(text) && !isPast) break;
    // "the sheet I bought is", but not "while he sleeps".
    if ((roles & ROLE.pronoun) !== 0 && !isObject(words, index)) {
      const isSubject = SUBJECTS.has(text) || (text === 'it' && ((words[index + 1]?.roles ?? 0) & ROLE.be) !== 0);
      if (subject.head === '' || !isSubject) break;
      if (text === 'you' && DID.has(textAt(words, index + 1))) subject.isOther = true;
      isPast = true;
      continue;
    }
    // "its companion piece, in C major, is": the verb may come after what is put in.
    if (text === '(' || (text === ',' && !isStillQuality(words, index))) isPast = true;
    else if (isVerb(words, index) && subject.head !== '' && !isNounHere(words, index)) {
      const isOneOfMany = VERSIONS.has(subject.head) && (first.text === 'a' || first.text === 'an' || subject.isBy);
      if (isSetApart(words, index, first.text)) return index;
      return subject.isOther || isOneOfMany || isStrange(subject.head, subject.isOwned) ? index : undefined;
    }
    // "the chords move through".
    if (subject.head.endsWith('s') && OF_MUSIC.has(subject.head) && !isPast && (roles & ROLE.sounds) !== 0)
      return undefined;
    if (isPast && text === 'by') subject.isBy = true;
    // "the longest track is in C": one of many.
    if (!isPast && ((forms & FORM.superlative) !== 0 || OTHERS.has(text))) subject.isOther = true;
    if ((roles & (ROLE.preposition | ROLE.relative)) !== 0) isPast = true;
    if (text === 'by') subject.isBy = true;
    if (isPast || (roles & ROLE.adverb) !== 0) continue;
    if ((forms & FORM.possessive) !== 0) subject.isOwned = true;
    else if (roles === 0 && (forms & FORM.inflected) !== 0 && OF_MUSIC.has(subject.head)) isPast = true;
    else if (isNoun(words, index, subject.head)) subject.head = (roles & ROLE.instrument) !== 0 ? 'piece' : text;
  }
  return subject.isOther && VERSIONS.has(subject.head) ? at : undefined;
}

/** "a slow, sad piece": the comma is between qualities, and the noun is to come. */
function isStillQuality(words: readonly Word[], comma: number): boolean {
  const before = words[comma - 1];
  return before !== undefined && ((before.roles & ROLE.quality) !== 0 || looksLikeQuality(before.text));
}

/** One that is known, or by its place: "lists it", "contains the". */
function isVerb(words: readonly Word[], at: number): boolean {
  const [word, next] = [words[at], words[at + 1]];
  if (word === undefined) return false;
  if ((word.roles & (ROLE.finite | ROLE.be)) !== 0 || PAST_ONLY.has(word.text)) return true;
  // "our previous trailer used a trombone".
  if (word.text === 'used' && ['a', 'an', 'the'].includes(next?.text ?? '')) return true;
  if (next === undefined || !word.text.endsWith('s') || word.text.endsWith('ss')) return false;
  if ((word.roles & (ROLE.has | ROLE.sounds)) !== 0) return true;
  return word.roles === 0 && ['it', 'this', 'them', 'the', 'a', 'an'].includes(next.text);
}

/** "The song Yesterday is", "a dark mood prevails, and it is": neither names nor verbs that are not known. */
function isNoun(words: readonly Word[], at: number, head: string): boolean {
  const word = words[at];
  if (word === undefined || (word.forms & FORM.latin) === 0) return false;
  if (OF_MUSIC.has(word.text)) return true;
  if ((word.roles & ROLE.quality) !== 0 && head !== '') return false;
  if ((word.roles & (ROLE.finite | ROLE.played)) !== 0 && head !== '') return false;
  return !OF_MUSIC.has(head) || (word.raw === word.text && (word.forms & FORM.inflected) === 0);
}

/** "my first attempt with a flute sounded awful": no participles, as those of "used" and "played" may be. */
const PAST_ONLY = wordSet('sounded lasted featured dragged');

/** "a cousin of this tune": what a preposition goes with. */
function isObject(words: readonly Word[], at: number): boolean {
  return at > 0 && ((words[at - 1]?.roles ?? 0) & ROLE.preposition) !== 0;
}

/** "the villain's theme is a separate order", "a C major scale is our homework". */
function isSetApart(words: readonly Word[], verb: number, article: string): boolean {
  const word = words[verb];
  const next = words[verb + 1];
  if (word === undefined || next === undefined || (word.roles & ROLE.be) === 0) return false;
  if ((article === 'a' || article === 'an') && (next.roles & ROLE.owner) !== 0 && next.text !== 'its') return true;
  return APART.has(next.text) || APART.has(textAt(words, verb + 2));
}

/** "Delivery was slow", "River Flows in You is in A": a name, and what is said of it. */
function bareVerb(words: readonly Word[], from: number): number | undefined {
  const first = words[from];
  if (first !== undefined && NUMBERED.has(first.text) && PAST.has(textAt(words, from + 2))) return from + 2;
  const isName = first !== undefined && /^\p{Script=Latin}{3}/u.test(first.text);
  if (!isName || (first.roles & ~(ROLE.quality | ROLE.preposition)) !== 0) return undefined;
  if ((first.roles & ROLE.preposition) !== 0 && first.raw === first.text) return undefined;
  for (let at = from + 1; at < from + 6; at++) {
    const word = words[at];
    if (word === undefined || word.sentence !== first.sentence || !/^[\p{L}\d]/u.test(word.text)) return undefined;
    // "Yesterday is a jazz piece in F": the piece is called so.
    if (
      first.sentence === 0 &&
      first.raw !== first.text &&
      word.text === 'is' &&
      NAMES_PIECE.has(words[at + 1]?.text ?? '')
    )
      return undefined;
    if (['is', 'was'].includes(word.text)) return OF_MUSIC.has(words[at - 1]?.text ?? '') ? undefined : at;
    // "pretty sure this is".
    const ends = ROLE.be | ROLE.instrument | ROLE.relative;
    const others = (first.roles & ROLE.quality) !== 0 ? ROLE.pronoun | ROLE.determiner : 0;
    if ((word.roles & (ends | others)) !== 0) return undefined;
  }
  return undefined;
}

function isStrange(head: string, isOwned: boolean): boolean {
  if (isPlayer(head)) return false;
  return isOwned ? !MEASURES.has(head) : !OF_MUSIC.has(head);
}

/** "the title sequence plays is", "the client calls for": of two verbs in a row the first is a noun. */
function isNounHere(words: readonly Word[], at: number): boolean {
  const [word, next] = [words[at], words[at + 1]];
  if (word === undefined || next === undefined || AUXILIARIES.has(word.text)) return false;
  return (next.roles & ROLE.be) !== 0 || AUXILIARIES.has(next.text);
}
