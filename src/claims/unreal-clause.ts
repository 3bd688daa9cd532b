import type { Word } from './caption-words.ts';
import type { Clause } from './clause.ts';
import { ELSEWHERES, MODALS } from './clause-lexicon.ts';
import { tellsSupposition } from './supposition.ts';
import { ROLE } from './word-role.ts';
import { wordSet } from './word-set.ts';

/** It is so after all. */
const TRULY = wordSet('surprisingly remarkably rather quite really');

const IF = wordSet('if unless suppose supposing');

const TRIALS = wordSet('add put give take throw strip slow speed play remove drop turn');

const VERSIONS = wordSet(
  'version versions arrangement arrangements transcription transcriptions cover covers recording recordings edition remix remixes edit edits remake mashup tutorial video karaoke',
);

const BY_RULE =
  /^(as a rule|in theory|by definition|generally speaking|in general|on paper|back then|in those days|the cliché)/;

const RULE_BEGINS = wordSet('as in by generally on back the at for');

const PLACES = wordSet("slowed sped speeded pitched transposed next last back live there there’s there's");

const SET_AGAINST = wordSet('for after before following coming beside');

const HERE = wordSet("it this it’s it's i we");

const CONDITIONS = wordSet('had were ?');

/** Words that `BY_RULE` and the like end in. */
const RULE_ENDS = 'rule theory definition speaking general paper then days cliché first until years once'.split(' ');

/** Whether a clause with the word, or one beside it, may be of another place, supposed or asked. */
export function tellsElsewhere(text: string): boolean {
  const sets = [PLACES, SET_AGAINST, CONDITIONS, ELSEWHERES, IF, TRIALS];
  if (sets.some((words) => words.has(text)) || tellsSupposition(text)) return true;
  return RULE_ENDS.some((end) => text.startsWith(end));
}

/** "If this were in 3/4", and what would follow. */
export function isSupposed(words: readonly Word[], clauses: readonly Clause[], index: number): boolean {
  const clause = clauses[index];
  if (clause === undefined) return false;
  const previous = index < 1 ? undefined : clauses[index - 1];
  if (hasIf(words, clause) || isTrial(words, clause, clauses[index + 1])) return true;
  if (previous !== undefined && isTrial(words, previous, clause)) return true;
  if (previous?.sentence === clause.sentence && isByRule(words, previous)) return true;
  if (isSetAgainst(words, clause, clauses[index + 1]) || isByRule(words, clause)) return true;
  const isNearIf = isIfOf(words, previous, clause) || isIfOf(words, clauses[index + 1], clause);
  return isNearIf && words.slice(clause.from, clause.to).some(({ text }) => MODALS.has(text));
}

function isIfOf(words: readonly Word[], other: Clause | undefined, clause: Clause): boolean {
  return other?.sentence === clause.sentence && hasIf(words, other);
}

/** "For a march it is too tender", "After the fast opener in E, this is a relief". */
function isSetAgainst(words: readonly Word[], { from, to, sentence }: Clause, next: Clause | undefined): boolean {
  const [first, second] = [words[from]?.text ?? '', words[from + 1]?.text ?? ''];
  const isFor = first === 'for' && (second === 'a' || second === 'an');
  const isAfter = ['after', 'before', 'following', 'coming', 'beside'].includes(first);
  if (!isFor && !isAfter) return false;
  if (next?.sentence === sentence && HERE.has(words[next.from]?.text ?? '')) return isAfter || isUnlike(words, next);
  for (let at = from + 2; isFor && at < to; at++) if (['it', 'this'].includes(words[at]?.text ?? '')) return true;
  return false;
}

/** "it is too tender", "it is not a march", but not "it is surprisingly sunny". */
function isUnlike(words: readonly Word[], { from, to }: Clause): boolean {
  return !words.slice(from, to).some(({ text }) => TRULY.has(text));
}

/** "As a rule", "in theory", "back then": of music at large, or of another time. */
function isByRule(words: readonly Word[], { from, to }: Clause): boolean {
  const first = words[from]?.text ?? '';
  if (!RULE_BEGINS.has(first) && !first.startsWith('until')) return false;
  const start = words
    .slice(from, Math.min(to, from + 4))
    .map(({ text }) => text)
    .join(' ');
  if (BY_RULE.test(start)) return true;
  return (
    /^(at first|until|for years|for once)/.test(start) &&
    words.slice(from, to).some(({ text }) => ['i', 'we', 'only', 'people'].includes(text))
  );
}

/** "Add drums and you have a pop song": an "if" without the word. */
function isTrial(words: readonly Word[], { from }: Clause, next: Clause | undefined): boolean {
  if (!TRIALS.has(words[from]?.text ?? '') || next === undefined || next.sentence !== words[from]?.sentence)
    return false;
  return (
    words[next.from]?.text === 'and' && ['you', 'it', 'we', 'nobody', 'this'].includes(words[next.from + 1]?.text ?? '')
  );
}

function hasIf(words: readonly Word[], { from, to }: Clause): boolean {
  for (let at = from; at < Math.min(to, from + 3); at++) {
    const text = words[at]?.text ?? '';
    if (IF.has(text)) return true;
    if (
      ['had', 'were'].includes(text) &&
      ['it', 'this', 'the', 'they'].includes(words[at + 1]?.text ?? '') &&
      at === from
    )
      return true;
  }
  return false;
}

/** "In the film it is played by strings", "back in 1998". */
export function isOfAnotherPlace(words: readonly Word[], { from, to }: Clause): boolean {
  let start = from;
  while (['and', 'but', ',', 'so', '-', '—', '–'].includes(words[start]?.text ?? '')) start++;
  const first = words[start]?.text ?? '';
  const next = words[start + 1]?.text ?? '';
  if ((first === 'next' || first === 'last') && ['time', 'week', 'year', 'month'].includes(next)) return true;
  if (first === 'back' && next === 'in') return true;
  // "slowed to 60 BPM it becomes a ballad".
  if (['slowed', 'sped', 'speeded', 'pitched', 'transposed'].includes(first)) return true;
  if (first === 'live' || (first === 'played' && next === 'live'))
    return words[start + 1]?.text === ',' || next === 'live' || words[start + 1]?.text === 'it';
  if (first.startsWith('there') && hasVersion(words, start, to)) return true;
  if (!['in', 'on', 'at', 'during', 'for'].includes(first) || next === 'this') return false;
  // "for the record".
  if (first === 'for' && next === 'the') return false;
  for (let at = start + 1; at < Math.min(to, start + 5); at++) {
    if (words[at]?.text === ',' || (at > start + 1 && ((words[at]?.roles ?? 0) & ROLE.determiner) !== 0)) return false;
    if (ELSEWHERES.has(words[at]?.text ?? '') && words[at + 1]?.text !== '-') return true;
  }
  return false;
}

/** "there is a version for two guitars". */
function hasVersion(words: readonly Word[], from: number, to: number): boolean {
  for (let at = from + 1; at < Math.min(to, from + 8); at++) if (VERSIONS.has(words[at]?.text ?? '')) return true;
  return false;
}
