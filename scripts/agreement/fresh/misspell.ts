const SLIPS: readonly (readonly [RegExp, string])[] = [
  [/\bbeautiful\b/, 'beautifull'],
  [/\breally\b/, 'realy'],
  [/\bdefinitely\b/, 'definately'],
  [/\bmelody\b/, 'meldoy'],
  [/\bthe\b/, 'teh'],
  [/\band\b/, 'adn'],
  [/\bfeeling\b/, 'feelng'],
  [/\bpiece\b/, 'peice'],
  [/\bsounds\b/, 'souds'],
  [/\bthroughout\b/, 'thruout'],
  [/\bchorus\b/, 'chrous'],
  [/\bfavourite\b/, 'favorit'],
  [/\bverse\b/, 'vesre'],
  [/\bjust\b/, 'jsut'],
  [/\bmusic\b/, 'musci'],
  [/\bI'm\b/, 'Im'],
  [/\bit's\b/, 'its'],
  [/\bstays\b/, 'stasy'],
];

/** The text with about half of the slips that it has room for. */
export function misspell(text: string, random: () => number): string {
  return SLIPS.reduce((left, [word, slip]) => (random() < 0.5 ? left.replace(word, slip) : left), text);
}
