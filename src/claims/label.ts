import type { Word } from './caption-words.ts';
import { REQUESTS } from './clause-lexicon.ts';
import { looksLikeQuality } from './looks-like-quality.ts';
import { FORM } from './word-form.ts';
import { ROLE } from './word-role.ts';
import { wordSet } from './word-set.ts';

/** What the name before a colon makes of what follows: claims of the piece, denied ones, or something else. */
export type LabelKind = 'music' | 'denied' | 'other';

export interface Labelled {
  readonly kind: LabelKind;
  /** What is named: `from` to `to` (not included). */
  readonly from: number;
  readonly to: number;
}

const MUSIC = wordSet(`
  key keys tonality tonic root scale mode tempo tempi bpm speed pace time meter metre signature sig rhythm beat pulse instrument instruments
  instrumentation inst ensemble arrangement arr scoring scored orchestration lineup lead solo melody accompaniment music style genre
  genres description describe desc caption captions summary text prompt tag tags keyword keywords track piece song info length duration
  len dur runtime mood moods sound sounds texture dynamics structure form details detail features facts analysis overview answer
  update edit correction verdict spec specs settings request task instruction instructions harmony chords progression loudness marking
  marked metronome timbre voices voicing parts program programs here now a format category audio clip content bars music_caption
  range ts tsig timesig initialkey tbpm singing vox k t mm inst instr pf output target dotted quarter crotchet half eighth minim quaver note q mm section setting line lineup tonal centre center voice vocals vocal beats bar playing running total detected metadata meta need needs still wanted want measured estimated data params parameters properties attributes profile file type constraints constraint channels limits count title_key version_key feel score forces personnel musicians players performers resources speed beats mid midi mp3 wav entry class corrected spd tonart tonalité tonalidad tonalità besetzung dauer durée metro`);
/** They may stand beside one of these. */
const NEUTRAL = wordSet(`
  the a of main lead total overall primary playing running run musical home annotated estimated est detected measured class track song piece
  s sec seconds bpm in used is this level approx approximate initial average avg final solo suggested midi general gm and or my desired
 them only name marking range number line up lineup tonal centre center played performed written text to new prompt value bars per indication changes ok so okay please thanks global estimate tracking detection analysis harmonic`);
const DENIED = wordSet(
  'exclude excluded excluding excludes avoid no not without negative minus none absent missing omit skip never forbidden banned leave remove',
);
/** These name other music, whatever stands beside them. */
const OTHER = wordSet(`
  previously relative parallel prev next last old alt alternate alternative other first second third related see also available missing page pages companion
  original originally orig title similar reference references inspired influences previous sample samples sampled source sources next
  original-key album favourite favorite cooldown wait delay interval gap pause respawn deadline delivery turnaround`);
/** The music of a game or a film is headed by where it is heard: "Save room: piano and nothing else". */
const HEADINGS = wordSet('theme music loop cue jingle room level scene screen battle boss stage menu');
/** "you may also like:", "people also search for:". */
const LIKENS = wordSet('like of by to with under also see from than');
const ENDS = wordSet('. ; | • · ) ] } / !');
const OPENS = wordSet(', ; . | • · ( [ { / " “ — – ! ? # * ” -');
const OPENS_TIGHT = wordSet(', ; . | ( [ { "');
/** No name is longer. */
const MOST_WORDS = 3;

/** Whether a word names an item of music: "key", "bpm". */
export function isMusicLabel(text: string): boolean {
  return MUSIC.has(text);
}

/** The named items of a caption: "key: D minor", "negative prompt: drums", "feels like: a waltz". */
export function labelsOf(words: readonly Word[]): readonly Labelled[] {
  const found: Labelled[] = [];
  for (let at = 1; at < words.length - 1; at++) {
    const text = words[at]?.text;
    if ((text !== ':' && text !== '=') || words[at - 1]?.text === text || words[at + 1]?.text === text) continue;
    if (words[at + 1]?.text === ')') continue;
    const kind = labelBefore(words, at);
    if (kind === undefined) continue;
    const to = endOf(words, at);
    found.push({ kind, from: at + 1, to: kind === 'denied' ? endOfNouns(words, at + 1, to) : to });
  }
  return found;
}

function labelBefore(words: readonly Word[], colon: number): LabelKind | undefined {
  const sentence = words[colon]?.sentence;
  let hasInstrument = false;
  let [count, isMusic, isStrange, isDenied, isOther] = [0, false, false, false, false];
  let roles = 0;
  let first = colon;
  let isNeutral = true;
  const isTight = isTightAt(words, colon);
  for (let at = pastParentheses(words, colon) - 1; at >= 0; at--) {
    const word = words[at];
    if (word === undefined || word.sentence !== sentence) break;
    if (isTight && word.end !== words[at + 1]?.start) break;
    const { text } = word;
    if ((text === '"' || text === '”' || text === ')' || text === '(') && count === 0) continue;
    if (text === '(' && words[at - 1]?.end === word.start) continue;
    if (text === '-' && words[at - 1]?.end === word.start) continue;
    if (OPENS.has(text)) break;
    if (count === 0 && LIKENS.has(text)) return 'other';
    if (word.isTitle || !/^\p{L}/u.test(text)) return undefined;
    first = at;
    if (++count > MOST_WORDS) return namesOther(words, at, colon) ? 'other' : undefined;
    const isKnown = MUSIC.has(text) || REQUESTS.has(text) || (word.roles & ROLE.instrument) !== 0;
    hasInstrument ||= (word.roles & ROLE.instrument) !== 0;
    isMusic ||= isKnown;
    isStrange ||=
      !isKnown && !NEUTRAL.has(text) && (word.roles & (ROLE.quality | ROLE.music)) === 0 && !looksLikeQuality(text);
    isNeutral &&= NEUTRAL.has(text);
    isDenied ||= DENIED.has(text);
    isOther ||= OTHER.has(text);
    roles |= word.roles;
  }
  if (count === 0) return undefined;
  if (isDenied) return hasInstrument ? undefined : 'denied';
  if (isOther && words[first]?.text !== 'its') return 'other';
  if (isMusic && !isStrange) return 'music';
  if (isNeutral) return undefined;
  // "Menu theme: led by piano".
  if (HEADINGS.has(words[colon - 1]?.text ?? '')) return undefined;
  const isProse = (roles & (ROLE.determiner | ROLE.owner | ROLE.preposition | ROLE.pronoun | ROLE.finite)) !== 0;
  const next = words[colon + 1];
  const isSaid = next !== undefined && ((next.roles & ROLE.pronoun) !== 0 || isSentence(words, colon + 1));
  return isProse || isSaid ? undefined : 'other';
}

/** "Reference (mood only):" is named by what stands before the parentheses. */
function pastParentheses(words: readonly Word[], colon: number): number {
  if (words[colon - 1]?.text !== ')') return colon;
  for (let at = colon - 2; at > colon - 8 && at > 0; at--) {
    if (words[at]?.text !== '(') continue;
    const before = words[at - 1];
    return before?.sentence === words[colon]?.sentence && (before?.forms ?? 0) & FORM.letter ? at : colon;
  }
  return colon;
}

/** "tags I did not use:", "previously on this channel:". */
function namesOther(words: readonly Word[], from: number, colon: number): boolean {
  if (isSentence(words, colon + 1)) return false;
  let isOther = false;
  for (let at = colon - 1; at >= 0 && at > from - 6; at--) {
    const word = words[at];
    if (word === undefined || word.sentence !== words[from]?.sentence || OPENS.has(word.text)) break;
    if ((word.roles & ROLE.be) !== 0) return false;
    if (OTHER.has(word.text) || DENIED.has(word.text)) isOther = true;
  }
  return isOther;
}

/** "students: the signature has one flat": no item, but a clause of its own. */
function isSentence(words: readonly Word[], from: number): boolean {
  for (let at = from; at < from + 7; at++) {
    const word = words[at];
    if (word === undefined || word.sentence !== words[from]?.sentence) return false;
    if (word.text === ',' || ENDS.has(word.text)) return false;
    if ((word.roles & (ROLE.finite | ROLE.be)) !== 0) return true;
  }
  return false;
}

/** "negative prompt: drums, hiss, write something for piano": the denial ends with the nouns. */
function endOfNouns(words: readonly Word[], from: number, to: number): number {
  const stops = ROLE.determiner | ROLE.preposition | ROLE.finite | ROLE.be | ROLE.pronoun | ROLE.relative;
  for (let at = from; at < to; at++) {
    if (((words[at]?.roles ?? 0) & stops) === 0) continue;
    while (at > from && words[at]?.text !== ',') at--;
    return at;
  }
  return to;
}

/** To the end of the item, or the next name. */
function endOf(words: readonly Word[], colon: number): number {
  const sentence = words[colon]?.sentence;
  for (let at = colon + 1; at < words.length; at++) {
    const word = words[at];
    if (word === undefined || word.sentence !== sentence || (ENDS.has(word.text) && word.text !== '/')) return at;
    if (word.text === '/' && (words[at - 1]?.end ?? 0) < word.start) return at;
    if (word.text === ':' || word.text === '=') {
      const start = startOfName(words, at, colon + 1);
      if (start > colon + 1) return start;
    }
  }
  return words.length;
}

/** "prev_key=E minor": a name without spaces. */
function isTightAt(words: readonly Word[], colon: number): boolean {
  return words[colon - 1]?.end === words[colon]?.start && words[colon]?.end === words[colon + 1]?.start;
}

function startOfName(words: readonly Word[], colon: number, least: number): number {
  let at = colon;
  if (isTightAt(words, colon)) {
    while (at > least && words[at - 1]?.end === words[at]?.start && !OPENS_TIGHT.has(words[at - 1]?.text ?? ',')) at--;
    return at;
  }
  // "inst: pf len: 3:12": a known name takes no strange words with it.
  const isStrange = (index: number): boolean => {
    const text = words[index]?.text ?? '';
    return (
      MUSIC.has(words[at]?.text ?? '') &&
      !MUSIC.has(text) &&
      !NEUTRAL.has(text) &&
      !OTHER.has(text) &&
      !DENIED.has(text)
    );
  };
  while (at > least && colon - at < MOST_WORDS + 2 && !OPENS.has(words[at - 1]?.text ?? ',')) {
    if (at < colon && isStrange(at - 1)) break;
    at--;
  }
  return at;
}
