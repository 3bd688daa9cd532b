/** Who might be near the writer of a review, or order a piece of music. */
export const people: readonly string[] = [
  'my sister',
  'my neighbour',
  'our choirmaster’s wife',
  'a colleague',
  'my old teacher',
  'a friend in Leeds',
  'my nephew',
  'my flatmate',
  'the guy at the record shop',
  'my partner',
  'my grandmother',
  'a student of mine',
];
