import type { Claim, ClaimPlace, ClaimValue } from './claim.ts';

/** A value that is said at a place. Written out for each kind: a spread of values of so many shapes takes ten times as long. */
export function claimAt(value: ClaimValue, { start, end, negated, hedged, partly }: ClaimPlace): Claim {
  switch (value.kind) {
    case 'key': {
      const { kind, tonic, mode } = value;
      return { kind, tonic, mode, start, end, negated, hedged, partly };
    }
    case 'tempo': {
      const { kind, min, max } = value;
      return { kind, min, max, start, end, negated, hedged, partly };
    }
    case 'tempo_word': {
      const { kind, word } = value;
      return { kind, word, start, end, negated, hedged, partly };
    }
    case 'meter': {
      const { kind, signature, division } = value;
      return { kind, signature, division, start, end, negated, hedged, partly };
    }
    case 'instrument': {
      const { kind, name, programs, alone } = value;
      return { kind, name, programs, alone, start, end, negated, hedged, partly };
    }
    case 'duration': {
      const { kind, min, max, precision } = value;
      return { kind, min, max, precision, start, end, negated, hedged, partly };
    }
    case 'chords': {
      const { kind, triads, root } = value;
      return { kind, triads, root, start, end, negated, hedged, partly };
    }
    case 'loudness':
      return { kind: 'loudness', level: value.level, start, end, negated, hedged, partly };
    case 'density':
      return { kind: 'density', level: value.level, start, end, negated, hedged, partly };
  }
}
