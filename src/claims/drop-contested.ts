import type { Claim, MeterValue } from './claim.ts';
import type { Reading } from './reading.ts';

/**
 * A piece has one key, tempo, meter and length: where a caption tells two, and only one of the piece itself, the other is of
 * something else. "The score has it in D minor; this recording is in F", "my app says 160, but it's 95 BPM".
 */
export function dropContested(reading: Reading): void {
  const { claims, direct } = reading;
  if (claims.length < 2 || direct.size === 0) return;
  const isContested = (claim: Claim): boolean =>
    !direct.has(claim) &&
    claims.some((other) => direct.has(other) && !other.negated && !other.partly && differ(claim, other));
  for (let at = claims.length - 1; at >= 0; at--) {
    const claim = claims[at];
    if (claim === undefined || claim.negated || claim.partly || !isContested(claim)) continue;
    claims.splice(at, 1);
    reading.asides.push(claim);
  }
}

function differ(one: Claim, other: Claim): boolean {
  if (one.kind === 'key' && other.kind === 'key')
    return isOther(one.tonic, other.tonic) || isOther(one.mode, other.mode);
  if (one.kind === 'tempo' && other.kind === 'tempo') return one.min > other.max || one.max < other.min;
  if (one.kind === 'duration' && other.kind === 'duration')
    return (
      one.min - one.precision > other.max + other.precision || one.max + one.precision < other.min - other.precision
    );
  if (one.kind !== 'meter' || other.kind !== 'meter') return false;
  if (one.signature !== undefined && other.signature !== undefined) return one.signature !== other.signature;
  return countOf(one) !== countOf(other);
}

function isOther<Value>(one: Value | undefined, other: Value | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

/** By what beats go: "waltz" and "3/4" tell the same, "6/8" agrees with nothing but itself. */
function countOf({ signature, division }: MeterValue): string | undefined {
  if (signature === undefined) return division;
  const beats = signature.slice(0, signature.indexOf('/'));
  return beats === '3' ? 'triple' : beats === '2' || beats === '4' ? 'duple' : undefined;
}
