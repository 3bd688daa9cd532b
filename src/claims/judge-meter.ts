import type { MeterValue } from './claim.ts';
import { isPlayedFreely } from './judge-tempo.ts';
import { agrees, contradicts, type Judgement, unsure } from './judgement.ts';
import type { PieceFacts } from './piece-facts.ts';

/** Meters are written as one another within a family: 2/4, 4/4 and 2/2; 3/4, 3/8, 6/8 and 9/8; 12/8 and 6/8 with 4/4 and 2/4. */
export function judgeMeter(claim: MeterValue, facts: PieceFacts): Judgement {
  const found = facts.time_signature;
  if (!facts.time_signature_is_stated || isPlayedFreely(facts)) return unsure(found, 'not_stated');
  if (claim.signature !== undefined) {
    if (claim.signature === found) return agrees(found);
    if (facts.time_signatures.includes(claim.signature)) return unsure(found, 'changes');
    const shared = divisionsOf(claim.signature).filter((division) => divisionsOf(found).includes(division));
    return shared.length > 0 ? unsure(found, 'same_family') : contradicts(found);
  }
  const { division } = claim;
  const fits = (signature: string): boolean => division !== undefined && divisionsOf(signature).includes(division);
  if (fits(found)) return agrees(found);
  return facts.time_signatures.some(fits) ? unsure(found, 'changes') : contradicts(found);
}

/** How the beats of a meter group; several where it is written for both. */
function divisionsOf(signature: string): readonly NonNullable<MeterValue['division']>[] {
  const [numerator = 4, denominator = 4] = signature.split('/').map(Number);
  if (numerator % 3 === 0) {
    if (numerator === 3) return ['triple'];
    return numerator === 9
      ? ['triple', 'compound']
      : numerator === 6
        ? ['triple', 'duple', 'compound']
        : ['duple', 'compound'];
  }
  if ([2, 4, 8, 1].includes(numerator)) return denominator === 8 && numerator === 8 ? ['duple'] : ['duple'];
  return [];
}
