import { instrumentName } from '../features/general-midi.ts';

const MAX_NAMED = 4;

/** The instruments of a piece for people: "Acoustic Grand Piano, Violin and 2 more". */
export function instrumentNames(programs: readonly number[]): string {
  if (programs.length === 0) return 'no instrument';
  const names = [...new Set(programs.map(instrumentName))];
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
  return `${names.slice(0, MAX_NAMED).join(', ')}${more}`;
}
