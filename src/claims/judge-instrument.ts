import { instrumentFamily, instrumentName } from '../features/general-midi.ts';
import type { InstrumentValue } from './claim.ts';
import { DRUMS } from './instrument-lexicon.ts';
import { agrees, contradicts, type Judgement, unsure } from './judgement.ts';
import { perPiece } from './per-piece.ts';
import type { PieceFacts } from './piece-facts.ts';

/** Shares of the sounding time of others beside what is claimed to be alone. */
const [FEW, MANY] = [0.02, 0.12];
const MAX_NAMED = 4;

/** An instrument of the same General MIDI family may be what the arranger took for it. */
export function judgeInstrument(
  { programs, alone }: InstrumentValue,
  isNegated: boolean,
  facts: PieceFacts,
): Judgement {
  const { found } = namesOf(facts);
  if (facts.programs.length === 0) return unsure(found, 'not_stated');
  let isThere = false;
  for (const program of facts.programs) if (programs.includes(program)) isThere = true;
  if (isNegated) return isThere ? contradicts(found) : agrees(found);
  if (!isThere) {
    const families = new Set(programs.map(instrumentFamily));
    const isNear = facts.programs.some((program) => program !== DRUMS && families.has(instrumentFamily(program)));
    return isNear ? unsure(found, 'same_family') : contradicts(found);
  }
  if (!alone) return agrees(found);
  let others = 0;
  for (const [index, program] of facts.programs.entries()) {
    if (!programs.includes(program)) others += facts.instrument_shares[index] ?? 0;
  }
  if (others <= FEW) return agrees(found);
  return others > MANY ? contradicts(found) : unsure(found, 'near');
}

const namesOf = perPiece(({ programs }): { readonly found: string } => {
  if (programs.length === 0) return { found: 'no instrument' };
  const names = [...new Set(programs.map(instrumentName))];
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
  return { found: `${names.slice(0, MAX_NAMED).join(', ')}${more}` };
});
