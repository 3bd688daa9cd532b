import { instrumentFamily } from '../features/general-midi.ts';
import type { InstrumentValue } from './claim.ts';
import { DRUMS } from './instrument-lexicon.ts';
import { agrees, contradicts, type Judgement, unsure } from './judgement.ts';
import type { Piece } from './piece.ts';

/** Shares of the sounding time of others beside what is claimed to be alone. */
const [FEW, MANY] = [0.02, 0.12];

/** An instrument of the same General MIDI family may be what the arranger took for it. */
export function judgeInstrument(
  { programs, alone }: InstrumentValue,
  isNegated: boolean,
  { facts, instruments: found }: Piece,
): Judgement {
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
