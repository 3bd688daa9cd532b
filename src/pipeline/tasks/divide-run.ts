import { ownPackage } from '../../config/own-package.ts';
import type { RunConfig } from '../../config/run-config.ts';
import { ConfigError } from '../../errors.ts';
import { inputOptionsOf } from '../../manifest/input-options.ts';
import { openPlan } from '../../manifest/open-plan.ts';
import { partOf } from '../../manifest/part-of.ts';
import type { Plan } from '../../manifest/plan.ts';
import { readManifestNote, saveManifestNote } from '../../run-directory/manifest-note-file.ts';
import type { RunDescription } from '../../run-directory/run-description.ts';
import type { Tasks } from '../../run-directory/tasks-file.ts';
import { choose } from '../choose/choose.ts';
import { encoderSource } from '../choose/encoder-source.ts';
import { midiFingerprint, textFingerprint } from '../choose/fingerprints.ts';
import { rememberRun } from '../choose/remember-run.ts';
import { keepSplits } from '../open/keep-splits.ts';
import type { RunContext } from '../run-events.ts';
import { decidingOptions } from './deciding-options.ts';
import { rangesOf } from './ranges-of.ts';
import { sizeOf } from './refuse-other-tasks.ts';

/** Divides the manifest of a run into tasks, and writes down how the run is made: what the first task does for all. */
export async function divideRun(
  config: RunConfig,
  description: RunDescription,
  count: number,
  context: RunContext,
): Promise<Tasks> {
  const chosen = await choose(config, description);
  const { outputDir, inputFile } = config;
  const openWith = (note: string | undefined, marks: readonly number[]): Promise<Plan> =>
    openPlan({ ...inputOptionsOf(config), inputFile, note, marks, signal: context.signal });
  const sizeBytes = await sizeOf(inputFile);
  const known = await readManifestNote(outputDir, context.log);
  const plan = await openWith(known, []);
  // What cannot be kept is said before a night is spent.
  keepSplits(chosen.curation, plan, config);
  const note = plan.note ?? known;
  const ranges = rangesOf(plan.total, count);
  const marked = await openWith(
    note,
    ranges.map(({ first }) => first),
  );
  const parts = ranges.flatMap((range) => partOf(marked, range) ?? []);
  if (marked.hash !== plan.hash || parts.length < count) throw changedMeanwhile(inputFile);
  const encoder = await encoderSource(config, plan, context);
  if (note !== undefined) await saveManifestNote(outputDir, note, context.log);
  await rememberRun(config, description, chosen.tokenizerFile);
  return {
    midiloom: ownPackage().version,
    manifest: { pairs: plan.total, hash: plan.hash, sizeBytes },
    options: decidingOptions(config),
    fingerprints: {
      midi: midiFingerprint(config, chosen.tokenizer),
      text: textFingerprint(config, encoder.identity),
    },
    parts,
  };
}

function changedMeanwhile(inputFile: string): ConfigError {
  return new ConfigError('manifest_changed', `${inputFile} changed while it was divided into tasks; start again.`);
}
