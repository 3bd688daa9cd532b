import type { Style } from '../style.ts';
import { type Hand, writeByHand } from './hand.ts';
import { pick } from './pick.ts';

/** A style that several people write, each caption by one of them. */
export function styleOfHands(name: string, hands: readonly Hand[]): Style {
  return {
    name,
    write: (piece, random) => {
      const hand = pick(hands, random);
      if (hand === undefined) throw new Error(`The style ${name} has no hands.`);
      return writeByHand(hand, piece, random);
    },
  };
}
