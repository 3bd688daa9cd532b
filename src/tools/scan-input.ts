import { availableParallelism } from 'node:os';
import { resolveRunConfig } from '../config/run-config.ts';
import { snakeCase } from '../config/run-options.ts';
import { fetchMidi } from '../manifest/fetched-file.ts';
import { inputOptionsOf } from '../manifest/input-options.ts';
import { openPlan } from '../manifest/open-plan.ts';
import type { Plan } from '../manifest/plan.ts';
import { spelledOtherwise } from '../manifest/read-contained-file.ts';
import { chosenTokenizer } from '../pipeline/choose/chosen-tokenizer.ts';
import { createMidiProcessor } from '../worker/process-midi.ts';

/** Pairs whose files are looked at. */
const SAMPLE = 200;
const FAILURES_SHOWN = 3;

export type ScanOptions = Parameters<typeof resolveRunConfig>[0];

/** What lies at a place, before a night is spent on it. */
export interface InputScan {
  readonly input_file: string;
  readonly format: Plan['format'];
  readonly midi_root: string;
  readonly pairs: number;
  readonly records: number;
  readonly with_midi: number;
  readonly with_text: number;
  /** Under which names the first pair has its MIDI file and its text. */
  readonly fields: Plan['fields'];
  readonly splits: readonly string[];
  readonly notes: readonly string[];
  readonly sample: SampleFacts;
  /** For all pairs, by the sample; of the MIDI stage, with all cores. */
  readonly estimate: { readonly seconds: number; readonly checkpoint_bytes: number };
  /** The command to run. */
  readonly command: string;
}

export interface SampleFacts {
  readonly pairs: number;
  /** Pairs that would fail, by code, with some of their messages. */
  readonly failures: Readonly<Record<string, { readonly count: number; readonly examples: readonly string[] }>>;
  /** Names that differ from the disk in Unicode normalization or slashes, and are found all the same. */
  readonly spelled_otherwise: number;
}

/**
 * Reads the list, then decodes and tokenizes some of the MIDI files, drawn by lot, and says what a run would meet and take.
 *
 * @throws what `openPlan` throws.
 */
export async function scanInput(options: ScanOptions): Promise<InputScan> {
  const config = resolveRunConfig(options);
  const input = { ...inputOptionsOf(config), inputFile: config.inputFile, textOptional: undefined };
  const plan = await openPlan(input);
  const sampled = await openPlan({ ...input, sample: input.sample ?? SAMPLE });
  const midiRoot = config.midiRoot ?? plan.defaultMidiRoot;
  const access = { allowOutside: config.allowOutside, maxBytes: Math.floor(config.maxFileMb * 2 ** 20) };
  const process = createMidiProcessor(
    {
      midiPatterns: config.midiPatterns,
      midiTextEncoding: config.midiTextEncoding,
      midiRoot,
      allowOutside: config.allowOutside,
      maxFileBytes: access.maxBytes,
      tokenizer: chosenTokenizer(config),
      maxSequenceLength: config.maxSequenceLength,
      sequencePolicy: config.sequencePolicy,
      windowOverlap: config.windowOverlap,
      keepsWords: false,
      maxDroppedShare: config.maxDroppedShare,
      cache: undefined,
    },
    undefined,
  );
  const failures: Record<string, { count: number; examples: string[] }> = {};
  let [looked, bytes, spelled] = [0, 0, 0];
  const begin = performance.now();
  for await (const { pairs } of sampled.batches(0, SAMPLE, undefined, true)) {
    for (const { index, midiFile, embedded, midiFault } of pairs) {
      if (looked === SAMPLE) break;
      looked++;
      const isFile = midiFile !== undefined && embedded === undefined;
      const fetched = await fetchMidi({ midiFile, embedded }, midiRoot, access);
      const outcome = process({ index, midiFile, embedded, fetched, fault: midiFault });
      if (isFile && fetched === undefined && spelledOtherwise(midiRoot, midiFile) !== undefined) spelled++;
      if (outcome.ok) bytes += outcome.bytes.length;
      else {
        const known = failures[outcome.code] ?? { count: 0, examples: [] };
        failures[outcome.code] = known;
        known.count++;
        if (known.examples.length < FAILURES_SHOWN) known.examples.push(outcome.error);
      }
    }
    if (looked >= SAMPLE) break;
  }
  const share = looked === 0 ? 0 : plan.total / looked;
  return {
    input_file: config.inputFile,
    format: plan.format,
    midi_root: midiRoot,
    pairs: plan.total,
    records: plan.counts.records,
    with_midi: plan.counts.withMidi,
    with_text: plan.counts.withText,
    fields: plan.fields,
    splits: plan.splits,
    notes: plan.notes,
    sample: { pairs: looked, failures, spelled_otherwise: spelled },
    estimate: {
      seconds: ((performance.now() - begin) / 1000 / availableParallelism()) * share,
      checkpoint_bytes: Math.round(bytes * share),
    },
    command: commandFor(options, plan),
  };
}

/** The options as given, and what the input needs besides. */
function commandFor(options: ScanOptions, { counts }: Plan): string {
  const told = Object.entries(options).map(([name, value]) => [snakeCase(name), value] as const);
  const isPartial = counts.withText > 0 && counts.withText < counts.records - counts.broken;
  const given: readonly (readonly [name: string, value: unknown])[] = [
    ...told,
    ['text_encoder', counts.withText === 0 ? 'none' : undefined],
    ['captions', isPartial && !isGiven(options.captions) ? 'optional' : undefined],
    ['output_dir', 'run'],
  ];
  const flags = given.flatMap(([name, value]) => {
    if (!isGiven(value) || value === false) return [];
    return [value === true ? `--${name}` : `--${name} ${quoted(String(value))}`];
  });
  return ['midiloom process', ...flags].join(' ');
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** As a shell takes it. */
function quoted(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
