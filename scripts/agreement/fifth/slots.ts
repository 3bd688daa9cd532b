import { asideSlots } from './aside-slots.ts';
import { factSlots } from './fact-slots.ts';
import { instrumentSlots } from './instrument-slots.ts';
import type { Slot } from './slot.ts';

/** What may stand between < and > in a line. */
export const slots: Readonly<Record<string, Slot>> = { ...factSlots, ...instrumentSlots, ...asideSlots };
