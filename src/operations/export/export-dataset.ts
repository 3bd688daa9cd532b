import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readingChoices } from '../../charset/reading-choices.ts';
import type { ProcessOptions, RunConfig } from '../../config/run-config.ts';
import { splitNames } from '../../dataset/curation.ts';
import { type DatasetPlace, placeAt } from '../../dataset/dataset-place.ts';
import { hfTokenizerFiles } from '../../dataset/hf-tokenizer.ts';
import { mergeDataset } from '../../dataset/merge-dataset.ts';
import { writeExport } from '../../dataset/write-export.ts';
import { OUTPUT_FORMATS, type OutputFormat } from '../../dataset/writers/output-format.ts';
import type { CreateWriter, WriterSetup } from '../../dataset/writers/row-writer.ts';
import { ConfigError } from '../../errors.ts';
import type { Plan } from '../../manifest/plan.ts';
import { type AugmentOptions, chosenAugmentation, refuseUnheard } from '../../pipeline/augment/augmentation.ts';
import { type AugmentationCounts, type Augmenter, openAugmenter } from '../../pipeline/augment/open-augmenter.ts';
import { chosenPacking } from '../../pipeline/choose/chosen-packing.ts';
import { learnedTokenizer, learnedTransform } from '../../pipeline/choose/learned-tokenizer.ts';
import { datasetRecipe, datasetShape } from '../../pipeline/outputs/dataset-shape.ts';
import type { RunPlace } from '../../run-directory/locate-run.ts';
import { tokenizerOfStage } from '../../run-directory/tokenizer-of-stage.ts';
import { createTokenizer, type Tokenizer } from '../../tokens/create-tokenizer.ts';
import { presetConfig } from '../../tokens/preset-config.ts';
import type { TokenizerConfig } from '../../tokens/tokenizer-config.ts';
import { openRunRecords, type RunRecords } from '../open-run-records.ts';
import type { OperationContext } from '../operation-context.ts';
import { ariaExport } from './aria-export.ts';
import { captionsExport } from './captions-export.ts';
import { cutRecipe, cutRows, isCutHere } from './cut-here.ts';
import { hfFolderExport } from './hf-folder-export.ts';
import { midiLlmExport } from './midi-llm-export.ts';
import type { MidiSource } from './midi-source.ts';
import { text2midiExport } from './text2midi-export.ts';

/** What other programs read, beside the formats of a data set. */
const MODEL_FORMATS = ['captions', 'text2midi', 'midi-llm', 'aria', 'hf-folder', 'hf_tokenizer'] as const;
type ModelFormat = (typeof MODEL_FORMATS)[number];
export const EXPORT_FORMATS = [...OUTPUT_FORMATS, ...MODEL_FORMATS] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Options of `process` that say how rows are written; the others are as the run has them. */
export type DatasetExportOptions = Pick<
  ProcessOptions,
  | 'rowPerWindow'
  | 'addBos'
  | 'addEos'
  | 'pad'
  | 'shardSize'
  | 'split'
  | 'seed'
  | 'dedupe'
  | 'filter'
  | 'savePartial'
  | 'workers'
  | 'maxSequenceLength'
  | 'sequencePolicy'
  | 'windowOverlap'
> & {
  readonly to: ExportFormat;
  /** Copies of the rows that are made from their MIDI files. */
  readonly augment?: AugmentOptions | undefined;
  /** The folder to write, which must not be there, or be an earlier export. */
  readonly out: string;
};

export interface DatasetExport {
  readonly format: ExportFormat;
  readonly directory: string;
  /** Pairs, or windows of them. */
  readonly rows: number;
  /** What augmentation came to, where it was asked for. */
  readonly augmented?: AugmentationCounts;
  readonly files: readonly string[];
}

/**
 * Writes what a run has as another data set or in the form of another program, to a folder of its own; the run and its data set stay
 * as they are. Needs the MIDI files for what the run's records do not have (`text2midi`, `midi-llm`, `aria`, `hf-folder`). A run may
 * be going: what it had saved is written, if it is all, or with `savePartial`. Augmentation needs them, too, and the text model where
 * it rewrites captions that have embeddings. Sequences that the run left whole can be cut into windows.
 *
 * @throws ConfigError `no_run`, `one_task`, `no_checkpoint`, `export_in_the_way`, `sequences_cut`; CheckpointError `plan_changed`,
 * `records_pending`; as `processPairs`.
 */
export async function exportDataset(
  run: RunPlace,
  { to, out, augment, ...options }: DatasetExportOptions,
  { signal }: OperationContext = {},
): Promise<DatasetExport> {
  const readsMidi = !isOutputFormat(to) || augment !== undefined;
  const records = await openRunRecords(run, options, { readsMidi, signal });
  const { directory, plan, stages, sources } = records;
  // To other programs a row is a piece.
  const rowPerWindow = isOutputFormat(to) && records.config.rowPerWindow;
  const config = { ...records.config, outputFormat: formatsOf(to), rowPerWindow };
  const base = tokenizerOfStage(stages.midi.checkpoint, directory);
  const learned = await learnedTokenizer(sources, config, base);
  const tokenizer = createTokenizer(learned);
  const place = placeAt(resolve(out));
  await refuseOthers(place);
  const isCut = isCutHere(config, stages.midi.checkpoint.fingerprint.options);
  // Copies are made as the rows were, and cut with them.
  const asMade = isCut ? { ...config, maxSequenceLength: undefined } : config;
  const augmenter = augment === undefined ? undefined : augmenterOf(augment, to, asMade, sources, plan, base, signal);
  try {
    const input = {
      ...sources,
      ...learnedTransform(config, learned),
      ...(isCut ? cutRows(tokenizer, config) : {}),
      ...datasetShape(config, plan, tokenizer),
      packing: chosenPacking(config, tokenizer.config.tokenization, () => tokenizer.vocabulary),
      partial: config.savePartial,
      augment: augmenter?.rows,
      writers: [
        ...(isOutputFormat(to) ? [] : [creatorOf(to, config, plan, tokenizer)]),
        ...(augmenter === undefined ? [] : [augmenter.writer]),
      ],
    };
    const recipe = {
      ...datasetRecipe(config, plan, {
        midi: stages.midi.checkpoint.fingerprint.options,
        text: stages.text.checkpoint.fingerprint.options,
      }),
      ...(isCut ? cutRecipe(config) : {}),
      ...(augmenter === undefined ? {} : { augmentation: augmenter.recipe }),
    };
    const written = isOutputFormat(to)
      ? await mergeDataset(
          {
            ...input,
            outputDir: directory,
            tokenizerJson: tokenizer.toJson(),
            vocabularyJson: `${JSON.stringify(tokenizer.vocabulary.toJson(), null, 2)}\n`,
            recipe,
            license: config.license,
          },
          place,
        )
      : await writeExport(input, { ...recipe, export: to }, place);
    return {
      format: to,
      directory: written.directory,
      rows: written.rows,
      ...(augmenter === undefined ? {} : { augmented: augmenter.counts() }),
      files: written.files.map(({ path }) => path),
    };
  } finally {
    await augmenter?.close();
  }
}

/** @throws ConfigError `invalid_option`, `format_not_augmented`. @param base - what the records were tokenized with. */
function augmenterOf(
  options: AugmentOptions,
  to: ExportFormat,
  config: RunConfig,
  { curation }: Pick<RunRecords['sources'], 'curation'>,
  plan: Plan,
  base: TokenizerConfig,
  signal: AbortSignal | undefined,
): Augmenter {
  const reason = NOT_AUGMENTED[to];
  if (reason !== undefined) throw new ConfigError('format_not_augmented', `--augment with --to ${to}: ${reason}.`);
  const augmentation = chosenAugmentation(options, splitNames(curation));
  // What holds MIDI holds all of it.
  const mustDiffer = to !== 'hf-folder' && to !== 'aria';
  const read = createTokenizer(to === 'midi-llm' ? presetConfig('amt') : base);
  if (mustDiffer) refuseUnheard(augmentation, read);
  const rules = { ...augmentation, filters: curation.filters, mustDiffer: isOutputFormat(to) };
  return openAugmenter({ config, plan, tokenizer: base, rules, signal });
}

/** Formats that augmentation makes no sense in. */
const NOT_AUGMENTED: Readonly<Partial<Record<ExportFormat, string>>> = {
  npy: 'it has the embeddings of captions and no music; parquet and packed have both',
  captions: 'it has captions and no music; hf-folder has both',
  hf_tokenizer: 'it has a tokenizer and no rows',
  text2midi:
    'its loader reads the MIDI files of --midi_root, and would take the files of the pairs for those of their copies; write an hf-folder, and make a run of it',
};

function formatsOf(to: ExportFormat): readonly OutputFormat[] {
  return isOutputFormat(to) ? [to] : [];
}

function isOutputFormat(name: ExportFormat): name is OutputFormat {
  return OUTPUT_FORMATS.some((format) => format === name);
}

/** An export is replaced by the next one, and nothing else is. */
async function refuseOthers({ given, finished }: DatasetPlace): Promise<void> {
  if (!existsSync(finished)) return;
  const names = await readdir(finished);
  if (names.length === 0 || names.includes('recipe.json')) return;
  throw new ConfigError('export_in_the_way', `${given} holds other things than an export; give another --out.`);
}

function creatorOf(to: ModelFormat, config: RunConfig, plan: Plan, tokenizer: Tokenizer): CreateWriter {
  const source: MidiSource = {
    root: config.midiRoot ?? plan.defaultMidiRoot,
    access: {
      allowOutside: config.allowOutside,
      maxBytes: Math.floor(config.maxFileMb * 2 ** 20),
      knownFolders: new Map(),
    },
    choices: readingChoices(config),
  };
  switch (to) {
    case 'captions':
      return captionsExport;
    case 'text2midi': {
      const isOwn = JSON.stringify(tokenizer.config) === JSON.stringify(presetConfig('text2midi'));
      return (setup) => text2midiExport(setup, source, isOwn && config.maxSequenceLength === undefined);
    }
    case 'midi-llm':
      return (setup) => midiLlmExport(setup, source);
    case 'aria':
      return (setup) => ariaExport(setup, source);
    case 'hf-folder':
      return (setup) => hfFolderExport(setup, source);
    case 'hf_tokenizer':
      return (setup) => hfTokenizerExport(setup, tokenizer);
  }
}

/** @throws ConfigError `format_needs_plain_tokens` for compound tokens. */
function hfTokenizerExport({ folder }: WriterSetup, tokenizer: Tokenizer) {
  const files = hfTokenizerFiles(tokenizer.vocabulary.columns.map(({ tokens }) => tokens));
  if (files.length === 0) {
    throw new ConfigError('format_needs_plain_tokens', 'Compound tokens have no form that Hugging Face loads.');
  }
  return {
    add: async () => {},
    finish: () => Promise.all(files.map(([name, text]) => folder.write(name, text))),
  };
}
