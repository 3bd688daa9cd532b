import type { MidiTokVersion } from './tokenizer-config.ts';

/** What each version wrote into its files beside its own name; the others are read, never written. */
export const VERSION_FIELDS: Readonly<Record<MidiTokVersion, Readonly<Record<string, string>>>> = {
  '3.0.6': { miditok_version: '3.0.6.post1', symusic_version: '0.6.0', hf_tokenizers_version: '0.21.0' },
  '3.1.0': { miditok_version: '3.1.0', symusic_version: '0.6.0', hf_tokenizers_version: '0.23.3' },
};

/** The newest version whose options are known. */
export const NEWEST_MIDITOK: MidiTokVersion = '3.1.0';

/**
 * The MidiTok whose ids a file stands for: up to 3.0.6 positions under changing denominators, rests and the last bar were
 * others than from 3.1.0 on. A file that does not say is taken for a new one.
 */
export function rulesOf(miditokVersion: string | undefined): MidiTokVersion {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(miditokVersion ?? '') ?? [];
  if (major === undefined || minor === undefined) return NEWEST_MIDITOK;
  return Number(major) < 3 || (Number(major) === 3 && Number(minor) < 1) ? '3.0.6' : NEWEST_MIDITOK;
}
