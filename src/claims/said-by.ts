import type { Claim } from './claim.ts';

/** What a claim says, wherever it stands: claims with the same are judged the same. */
export function saidBy(claim: Claim): string {
  return `${claim.kind} ${claim.negated} ${claim.hedged} ${claim.partly} ${valueText(claim)}`;
}

function valueText(claim: Claim): string {
  switch (claim.kind) {
    case 'key':
      return `${claim.tonic} ${claim.mode}`;
    case 'tempo':
      return `${claim.min} ${claim.max}`;
    case 'tempo_word':
      return claim.word;
    case 'meter':
      return `${claim.signature} ${claim.division}`;
    case 'instrument':
      return `${claim.programs.join()} ${claim.alone}`;
    case 'duration':
      return `${claim.min} ${claim.max} ${claim.precision}`;
    case 'chords':
      return `${claim.triads.join()} ${claim.root}`;
    case 'loudness':
    case 'density':
      return claim.level;
  }
}
