import type { KnownPiece } from '../style.ts';
import { INSTRUMENT_SLOTS } from './instrument-slots.ts';
import { KEY_SLOTS } from './key-slots.ts';
import { LENGTH_SLOTS } from './length-slots.ts';
import { METER_SLOTS } from './meter-slots.ts';
import { SCENE_SLOTS } from './scene-slots.ts';
import { TEMPO_SLOTS } from './tempo-slots.ts';

/** A wording for the piece, or `undefined` where none is surely true of it. */
export type Slot = (piece: KnownPiece, random: () => number) => string | undefined;

export const SLOTS: Readonly<Record<string, Slot>> = {
  ...KEY_SLOTS,
  ...TEMPO_SLOTS,
  ...METER_SLOTS,
  ...LENGTH_SLOTS,
  ...INSTRUMENT_SLOTS,
  ...SCENE_SLOTS,
};
