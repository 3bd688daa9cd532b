import {
  encodingOrAuto,
  flag,
  integer,
  integerOr,
  numberIn,
  ofThisCall,
  oneOf,
  packing,
  path,
  pathOrName,
  pathOrS3,
  someOf,
  text,
  verbatim,
} from './option.ts';

const UNBOUNDED = Number.MAX_SAFE_INTEGER;

/**
 * Every option of `midiloom process` that is about the run (the terminal's own are in `cli/`). The command line spells
 * the names in snake_case, the environment as `MIDILOOM_` and upper case, a configuration file in snake_case.
 */
export const RUN_OPTIONS = {
  mode: ofThisCall(
    oneOf(
      ['start', 'continue', 'update', 'retry', 'merge'],
      'start: fresh run, refuses where a checkpoint is; continue: resume, or start where there is none; update: take over a manifest, files and options that changed, and make only what is new; retry: only the failed pairs; merge: only the outputs',
      'continue',
    ),
  ),
  inputFile: pathOrS3(
    'FILE',
    'the pairs: JSON, JSON lines, CSV, Parquet, packed by gzip or zstd or not, s3://bucket/key, - for standard input; or a folder, of MIDI files with texts beside them or with a metadata file',
  ),
  recipe: ofThisCall(
    path(
      'FILE',
      'the recipe.json of a data set: made in the same way, of the same input it is the same; what else is given goes before it',
      undefined,
    ),
  ),
  midiField: text('NAME', 'field with the MIDI file, a name or a path such as files.midi (default: found)', undefined),
  textField: text('NAME', 'field with the text or texts (default: found)', undefined),
  idField: text('NAME', 'field with the id (default: id)', undefined),
  splitField: text(
    'NAME',
    'field with a split that is kept (default: split, unless --split is given); rows without one are drawn by --split',
    undefined,
  ),
  captions: someOf(
    ['all', 'first', 'random', 'join', 'optional'],
    'of several captions: all, each a row; the first; one by lot; or all joined. optional: MIDI without text is a row too',
    ['all'],
  ),
  captionsFile: path('FILE', 'captions in a file of their own, in any format of --input_file', undefined),
  joinOn: oneOf(
    ['name', 'id', 'md5'],
    'what a line of --captions_file finds its MIDI files by: path or name without extension, id, MD5 (of the name, or of the content)',
    'name',
  ),
  encoding: oneOf(
    ['auto', 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'latin1', 'shift_jis'],
    'what the manifest is written in; auto: UTF-8, or UTF-16 where that shows',
    'auto',
  ),
  offset: integer('records of the input to pass over', undefined, { min: 0, max: UNBOUNDED }),
  limit: integer('records of the input to take at most (default: all)', undefined, { min: 1, max: UNBOUNDED }),
  sample: integer('records to draw by lot, by --seed (default: all)', undefined, { min: 1, max: 10_000_000 }),
  midiRoot: pathOrS3(
    'DIR',
    "where relative MIDI paths start, a folder or s3://bucket/prefix (default: the manifest's folder)",
  ),
  allowOutside: flag('allow MIDI and text paths that leave the midi root'),
  outputDir: ofThisCall(path('DIR', 'the run directory', 'data/processed')),
  midiCheckpoint: path('FILE', 'checkpoint of the MIDI stage (default: in the run directory)', undefined),
  textCheckpoint: path('FILE', 'checkpoint of the text stage (default: in the run directory)', undefined),
  processingCheckpoint: path(
    'FILE',
    'a legacy checkpoint: pairs up to its last_processed_idx count as processed elsewhere',
    undefined,
  ),
  backupDir: pathOrS3(
    'DIR',
    'a second place (another disk, a mounted drive, s3://bucket/prefix) that gets every checkpoint and segment; what is lost in the run directory is brought back from there',
  ),
  checkInputs: ofThisCall(
    oneOf(
      ['auto', 'all', 'none'],
      'whether files are still what rows were made from, when a run goes on: auto: by size and times, and by content where these are others; all: by content',
      'auto',
    ),
  ),
  tasks: ofThisCall(
    integer(
      'work the manifest off in so many tasks, each a call of its own, on any machine that sees the run directory; --mode merge joins them',
      undefined,
      { min: 1, max: 100_000 },
    ),
  ),
  task: ofThisCall(
    integerOr(
      'auto',
      'which of the tasks this call works off, from 0; auto: as the scheduler says (Slurm, Kubernetes, AWS Batch, PBS, LSF, SGE)',
      undefined,
      { min: 0, max: 99_999 },
    ),
  ),
  waitForTasks: ofThisCall(
    numberIn('S', 'seconds that --mode merge waits for tasks that are not done, before it says which', 0, {
      min: 0,
      max: 31_536_000,
    }),
  ),
  lockTimeout: ofThisCall(
    numberIn('S', 'seconds to wait for another run that holds the run directory', 0, {
      min: 0,
      max: 604_800,
    }),
  ),
  forceRestart: ofThisCall(flag('discard the checkpoints of this run directory and begin again')),
  savePartial: ofThisCall(flag('write the data set of what is done even if the run is incomplete, marked as partial')),
  keepTemp: ofThisCall(flag('keep temporary files of an unfinished merge')),
  workers: integerOr('auto', 'worker threads of the MIDI stage', 4, { min: 1, max: 256 }),
  batchSize: integer('pairs per batch', 32, { min: 1, max: 10_000 }),
  checkpointInterval: integer('batches per checkpoint', 10, { min: 1, max: 100_000 }),
  compressSegments: packing(
    'pack the records of new segments: smaller, and slower to write and to read (docs/checkpoints.md); zstd is written by Node.js 22.15 and later',
  ),
  maxFileMb: numberIn('MB', 'largest MIDI or text file that is read, in MiB', 16, { min: 0.001, max: 1024 }),
  taskTimeout: numberIn('S', 'seconds that a batch, and then each of its pairs alone, may take', 60, {
    min: 0.001,
    max: 86_400,
  }),
  maxRetries: integer('how often a pair is tried again whose failure may be transient', 3, { min: 0, max: 100 }),
  maxFailed: integer('exit 3 when more pairs than this failed (default: no limit)', undefined, {
    min: 0,
    max: UNBOUNDED,
  }),
  tokenizer: oneOf(
    ['remi', 'tsd', 'midilike', 'structured', 'cpword', 'octuple', 'amt', 'amt-interarrival', 'text2midi'],
    "MIDI tokenization, with midiloom's defaults for it",
    'tsd',
  ),
  tokenizerConfig: path(
    'FILE',
    "MidiTok's tokenizer.json, in place of --tokenizer; with a trained BPE, Unigram or WordPiece model, too",
    undefined,
  ),
  maxSequenceLength: integer('longest token sequence of a pair (default: no limit)', undefined, {
    min: 1,
    max: UNBOUNDED,
  }),
  sequencePolicy: oneOf(
    ['truncate', 'split'],
    'a longer sequence is cut at the limit, or split into windows at bar lines',
    'truncate',
  ),
  windowOverlap: integer(
    'tokens at the end of a window that the next one may begin with again, from a bar line on; at most half of the longest',
    0,
    { min: 0, max: UNBOUNDED },
  ),
  vocabSize: integer(
    'learn a vocabulary of so many tokens from the training split, and write the rows with it',
    undefined,
    { min: 2, max: 65_535 },
  ),
  vocabModel: oneOf(['bpe', 'unigram', 'wordpiece'], 'how --vocab_size is learned', 'bpe'),
  maxDroppedShare: numberIn(
    'SHARE',
    'a pair fails where its tokens lack more than this share of its notes (pitch range, bars, length and so on)',
    1,
    { min: 0, max: 1 },
  ),
  midiPatterns: oneOf(
    ['sequence', 'first', 'sum', 'refuse'],
    'independent patterns in a MIDI file (format 2): one after the other, only the first, all at once, or a failure',
    'sequence',
  ),
  midiTextEncoding: encodingOrAuto('encoding of names and lyrics in MIDI files that are not UTF-8'),
  textEncoder: oneOf(
    ['transformers', 'hashing', 'none'],
    'text embedding: by a sentence model; lexical, without a model; or none, only the facts about the text',
    'transformers',
  ),
  textModel: pathOrName(
    'NAME|DIR',
    'model that reads text: a folder in the layout of the Hugging Face hub with an ONNX file, or a name on it',
    'Xenova/all-MiniLM-L6-v2',
  ),
  textModelRevision: text('REV', 'branch, tag or commit of the model on the hub', 'main'),
  modelCache: path('DIR', "where downloaded models are kept (default: in the user's cache folder)", undefined),
  offline: flag('download nothing: the model must be a folder or in the cache'),
  dtype: oneOf(['fp32', 'fp16', 'q8'], "precision of the model's weights; each is a file of its own", 'fp32'),
  pooling: oneOf(
    ['auto', 'mean', 'cls'],
    "how a text's vector is made from its tokens'; auto: as the model says, else the mean",
    'auto',
  ),
  textOutput: oneOf(
    ['pooled', 'tokens'],
    'what is kept of a text: one vector, or the hidden states of its tokens in half precision (formats npy and webdataset)',
    'pooled',
  ),
  maxTextTokens: integer(
    'tokens of a text that the model reads; what is longer is cut (default: as the model says)',
    undefined,
    { min: 8, max: 1_000_000 },
  ),
  longText: oneOf(
    ['truncate', 'chunk'],
    'a text of more tokens than the model reads is cut, or read in parts, whose vectors are averaged by their tokens',
    'truncate',
  ),
  textPrefix: verbatim(
    'TEXT',
    'put before each text for the model, such as "query: " (default: the prompt that the model names as its default)',
  ),
  useGpu: flag('encode text on the GPU where one works; else say why, and use the CPU'),
  maxBatchTokens: integer('padded tokens of a batch of the model (default: what suits the device)', undefined, {
    min: 1,
    max: 1_000_000,
  }),
  textThreads: integerOr('auto', 'CPU threads of the model (auto: the cores the process may use)', 'auto', {
    min: 1,
    max: 256,
  }),
  embeddingPrecision: oneOf(
    ['float32', 'float16', 'int8'],
    'how embeddings are stored: rounded to half precision, or to 8 bits with a scale each',
    'float32',
  ),
  textDim: integer('numbers in a hashing embedding', 384, { min: 8, max: 65_536 }),
  useCache: flag('keep results, and reuse those of earlier runs that were made from the same content in the same way'),
  cacheDir: path('DIR', "where results are kept (default: in the user's cache folder)", undefined),
  cacheSize: numberIn(
    'MB',
    'about how much the cache may hold, in MiB; what was not used for longest goes first',
    1024,
    {
      min: 1,
      max: 1_048_576,
    },
  ),
  outputFormat: someOf(
    ['parquet', 'jsonl', 'jsonl.gz', 'json', 'msgpack', 'webdataset', 'npy', 'miditok', 'packed', 'amt'],
    'format of the data set, one or several',
    ['parquet'],
  ),
  rowPerWindow: flag(
    'a row for each window of --sequence_policy split, with its bars, in place of a row for each pair',
  ),
  addBos: flag('in packed: the token BOS before each sequence'),
  addEos: flag('in packed: the token EOS after each sequence'),
  pad: flag('in packed: the token PAD behind each sequence, up to --max_sequence_length (and BOS and EOS)'),
  shardSize: integer('size of a shard before compression, in MB', 500, { min: 1, max: 100_000 }),
  split: text(
    'SHARES',
    'parts of the data set and their shares, such as train=0.9,validation=0.05,test=0.05; copies of a piece stay together',
    'train=1',
  ),
  seed: integer('which of the possible splits', 0, { min: 0, max: UNBOUNDED }),
  dedupe: oneOf(
    ['none', 'exact', 'near'],
    'keep one of the pairs with the same file or notes, or of near copies too; the others are listed in duplicates.jsonl',
    'none',
  ),
  filter: text(
    'CONDITIONS',
    'what a row must meet, such as n_notes>=50,text_words>=5,metadata.genre=jazz, or a preset: aria-midi, aria; others go to rejected.jsonl',
    undefined,
  ),
  license: text('SPDX', 'licence of the data set, for its card', undefined),
} as const;

export type OptionName = keyof typeof RUN_OPTIONS;

/** What each option holds once parsed. */
export type OptionValues = {
  readonly [Name in OptionName]: ReturnType<(typeof RUN_OPTIONS)[Name]['parse']> | DefaultOf<Name>;
};
type DefaultOf<Name extends OptionName> = (typeof RUN_OPTIONS)[Name]['default'];

/** `checkpointInterval` as `checkpoint_interval`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
