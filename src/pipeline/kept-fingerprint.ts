import { basename, join } from 'node:path';
import type { CheckpointFile } from '../checkpoint/checkpoint-file.ts';
import { readStatus } from '../checkpoint/read-status.ts';
import { type Fingerprint, fingerprintOf } from '../config/fingerprint.ts';
import type { RunConfig } from '../config/run-config.ts';
import { tokenizerOfStage, tokenizerOptions, upgradedOptions } from '../run-directory/tokenizer-of-stage.ts';
import type { TokenizerConfig } from '../tokens/tokenizer-config.ts';

/**
 * The fingerprint under which a stage goes on: where an earlier version of midiloom wrote the same options in other words, these
 * words are kept, as every segment has them.
 */
export async function keptFingerprint(
  checkpointFile: string,
  config: RunConfig,
  current: Fingerprint,
): Promise<Fingerprint> {
  const found = await findToContinue(checkpointFile, config);
  if (found === undefined || found.fingerprint.id === current.id) return current;
  const { id, options } = found.fingerprint;
  if (fingerprintOf(upgradedOptions(options)).id !== current.id) return current;
  return { id, options: Object.fromEntries(Object.entries(options).filter(isScalar)) };
}

/**
 * The tokenizer of a run that an earlier version began. That one followed an earlier MidiTok; where nothing else differs, the run
 * goes on by the same rules, so that all of its rows are made in one way.
 */
export async function keptTokenizer(config: RunConfig, chosen: TokenizerConfig): Promise<TokenizerConfig> {
  const found = await findToContinue(config.midiCheckpoint, config);
  if (found === undefined || 'tokenizer.miditok' in found.fingerprint.options) return chosen;
  const stored = { ...upgradedOptions(found.fingerprint.options) };
  const wanted = { ...upgradedOptions(fingerprintOf(tokenizerOptions(chosen)).options) };
  const others = Object.keys(stored).filter((name) => name.startsWith('tokenizer.') && name !== 'tokenizer.miditok');
  const isSame = others.every((name) => JSON.stringify(stored[name]) === JSON.stringify(wanted[name]));
  return isSame ? tokenizerOfStage(found, config.outputDir) : chosen;
}

/** The checkpoint of a stage, or its copy in the second place. */
async function findToContinue(
  checkpointFile: string,
  { forceRestart, backupDir }: RunConfig,
): Promise<CheckpointFile | undefined> {
  if (forceRestart) return undefined;
  for (const file of [
    checkpointFile,
    ...(backupDir === undefined ? [] : [join(backupDir, basename(checkpointFile))]),
  ]) {
    const found = await readStatus(file).catch(() => undefined); // whatever is wrong with it is said when it is opened
    if (found?.kind === 'valid') return found.checkpoint;
  }
  return undefined;
}

function isScalar(entry: [string, unknown]): entry is [string, string | number | boolean | null] {
  return entry[1] === null || typeof entry[1] !== 'object';
}
