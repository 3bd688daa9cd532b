const CANDIDATES = [',', ';', '\t', '|'] as const;
const QUOTED = /"(?:[^"]|"")*"?/g;

/** The character that separates the fields of a table: the most frequent candidate in its header, outside of quotes. */
export function delimiterOf(header: string): number {
  const bare = header.replace(QUOTED, '');
  const counts = CANDIDATES.map((candidate) => bare.split(candidate).length);
  const most = Math.max(...counts);
  return (CANDIDATES[counts.indexOf(most)] ?? ',').charCodeAt(0);
}
