import { seededRandom } from '../../seeded-random.ts';

const SLOW = 'a slow waltz for piano in C sharp minor';

/** What captions of the world hold besides plain English, each kind once and more. */
const ODD: readonly string[] = [
  '',
  ' ',
  '\n\t\u3000\u00a0',
  '\u001c\u0085 jazz \u001f',
  '…',
  'C♯m⁷ → E♭maj⁹ ♩=120',
  'ﬁne ﬂute, oﬀ-beat',
  'Ｓｌｏｗ ｗａｌｔｚ',
  'ﾋﾟｱﾉ ソロ バラード',
  'ピアノの静かな曲',
  '钢琴音乐的一首歌，缓慢而忧伤。',
  '“123我爱你” (新乐尘符)',
  '𠀀𠀁𪜀𫝀 beyond the first plane',
  '느린 피아노 왈츠',
  '느린 피아노 왈츠'.normalize('NFD'),
  'موسيقى بيانو هادئة في الليل',
  'مُوسِيقَى بِيَانُو',
  'נעימת פסנתר שקטה',
  'धीमा पियानो संगीत',
  'เพลงเปียโนช้า ๆ',
  'Медленный вальс для фортепиано',
  'ΑΡΓΟ ΒΑΛΣ ΓΙΑ ΠΙΑΝΟ ΣΟΛΟΣ',
  'Straße, İstanbul, ĲSSEL, ǅ, ß, ſ',
  'Dvořák, Saint-Saëns, Fauré, Bartók, Łukasz, Ødegård',
  'Dvořák, Saint-Saëns, Fauré'.normalize('NFD'),
  'e\u0301\u0302\u0303\u0304 stacked',
  `z${'\u0335\u0336\u0337'.repeat(10)} zalgo`,
  '🎹🎶 happy 🎷',
  '👩‍🎤 sings with 👨‍👩‍👧‍👦 and 🏴‍☠️',
  '🇧🇷 samba, 🇯🇵 city pop, 👍🏽 ❤️',
  'zero\u200bwidth\u200cjoin\u200der\u2060s\ufeff',
  'soft\u00adhyphen jazz',
  'right\u202eto\u202cleft \u2066isolated\u2069',
  'a\u0000b\u0001c\u001b[31mred\u007f',
  'tab\tnew\nline\r\nvertical\u000bform\u000cfeed',
  '[SEP] [CLS] [PAD] [MASK] [UNK] ##ing',
  '<s>query</s> <pad> <|endoftext|>',
  'replacement \ufffd character',
  'private \ue000 use \u{f0000}, tags \u{e0061}, noncharacter \uffff',
  'new in Unicode: \u2e5d \u0897 \u{1e944} \u{11f02}',
  '1,234.56 bpm; 3/4; #1; 50%; $9.99; a@b.c; https://example.org/x?y=z',
  "don't stop – it's rock'n'roll — \"quoted\" ‘single’ «guillemets»",
  'ALL CAPS HARD ROCK ANTHEM',
  'x'.repeat(99),
  'x'.repeat(100),
  'x'.repeat(101),
  '中'.repeat(300),
  'é'.repeat(300),
  `${SLOW}, `.repeat(40),
];
const WORDS = 254;

/** Captions at and around 256 tokens, far longer ones, and mixtures by lot of all that is odd. */
export function oddCaptions(plain: readonly string[], mixtures: number): readonly string[] {
  const random = seededRandom(19);
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  const long = [4, 8, 16, 32].map((count) => plain.slice(0, count * 2).join(' '));
  const exact = [WORDS - 1, WORDS, WORDS + 1, 4000].map((count) => 'piano '.repeat(count));
  const mixed = Array.from({ length: mixtures }, () => [pick(plain), pick(ODD), pick(plain)].join(' '));
  return [...ODD, ...long, ...exact, ...mixed];
}
