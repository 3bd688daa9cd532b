/**
 * What people type who come from other programs, and what it is here: scripts around MidiTok, datatrove, Nextflow, the
 * checkpoint systems of docs/coming-from.md, and the habits of the shell.
 */
type Names = Readonly<Record<string, string>>;

const RESUME = '`midiloom process RUN_DIR --resume`';

/** Commands elsewhere. */
export const COMMANDS_ELSEWHERE: Names = {
  ...same(['continue', 'resume', 'recover'], RESUME),
  ...same(
    ['run', 'start', 'build', 'convert', 'create', 'preprocess', 'prepare', 'pipeline', 'tokenize', 'encode', 'init'],
    '`midiloom process --input_file FILE --output_dir RUN_DIR`',
  ),
  restart: '`midiloom process RUN_DIR --force_restart`',
  ...same(['update', 'refresh', 'sync'], '`midiloom process RUN_DIR --mode update`'),
  merge: '`midiloom process RUN_DIR --mode merge`',
  split: '`midiloom process RUN_DIR --mode merge --split train=0.9,test=0.1`',
  ...same(['retry', 'retry_failed', 'rerun_failed'], '`midiloom process RUN_DIR --mode retry`'),
  ...same(['list', 'ls', 'list_checkpoints', 'checkpoints'], '`midiloom checkpoint list [PATH]`'),
  ...same(
    ['ui', 'web', 'serve', 'server', 'gui', 'monitor', 'watch', 'tensorboard', 'board'],
    '`midiloom dashboard [PATH]`',
  ),
  ...same(['show', 'log', 'details'], '`midiloom checkpoint show RUN_DIR`'),
  ...same(
    ['validate', 'check', 'test'],
    '`midiloom verify RUN_DIR` for a data set, `midiloom checkpoint validate RUN_DIR`',
  ),
  import: '`midiloom checkpoint import RUN_DIR FILE`',
  reset: '`midiloom checkpoint reset RUN_DIR`',
  skip: '`midiloom checkpoint skip RUN_DIR INDEX`',
  ...same(['clean', 'cleanup', 'prune'], '`midiloom checkpoint cleanup [PATH]`'),
  ...same(['progress', 'jobs_status', 'ps', 'state'], '`midiloom status RUN_DIR`'),
  ...same(['failed', 'failures', 'failed_logs', 'errors'], '`midiloom status RUN_DIR --pairs failed`'),
  unlock: 'nothing is needed: the lock of a process that is dead is taken over',
  ...same(['decode', 'to_midi'], '`midiloom detokenize FILE`'),
  ...same(
    ['info', 'stats', 'view', 'print'],
    '`midiloom inspect FILE.mid`, or `midiloom report RUN_DIR` for a data set',
  ),
  ...same(['dedup', 'dedupe', 'duplicates'], '`midiloom audit-split MANIFEST`, or `midiloom process --dedupe exact`'),
  ...same(['env', 'system', 'gpu'], '`midiloom doctor`'),
  version: '`midiloom --version`',
};

/** Subcommands of `checkpoint` elsewhere. */
export const CHECKPOINT_COMMANDS_ELSEWHERE: Names = {
  ...same(['continue', 'resume', 'recover', 'restore', 'load'], RESUME),
  merge: '`midiloom process RUN_DIR --mode merge`',
  status: '`midiloom status RUN_DIR`',
  ls: '`midiloom checkpoint list [PATH]`',
  ...same(['info', 'view', 'details', 'inspect'], '`midiloom checkpoint show RUN_DIR`'),
  ...same(['verify', 'check'], '`midiloom checkpoint validate RUN_DIR`'),
  ...same(['delete', 'remove', 'rm', 'clear'], '`midiloom checkpoint reset RUN_DIR`, or `midiloom checkpoint cleanup`'),
  ...same(['clean', 'prune'], '`midiloom checkpoint cleanup [PATH]`'),
  unlock: 'nothing is needed: the lock of a process that is dead is taken over',
};

/** Options elsewhere, without their hyphens; what is here begins with an option, or with a command in `backquotes`; else
 * it is a sentence. */
export const OPTIONS_ELSEWHERE: Names = {
  ...same(['input', 'i', 'in', 'manifest', 'data', 'data_path', 'dataset', 'pairs', 'pairs_file'], '--input_file FILE'),
  ...same(
    ['input_dir', 'data_dir', 'midi_dir', 'midi_path', 'midi_folder'],
    '--midi_root DIR, or --input_file with the folder',
  ),
  ...same(
    [
      'output',
      'o',
      'out',
      'out_dir',
      'outdir',
      'output_path',
      'output_folder',
      'save_dir',
      'logging_dir',
      'work_dir',
      'run_dir',
    ],
    '--output_dir DIR',
  ),
  ...same(['output_file', 'save_path'], '--output_dir DIR; the data set is in its folder `dataset`'),
  ...same(
    [
      'num_workers',
      'n_workers',
      'n_jobs',
      'jobs',
      'j',
      'w',
      'nproc',
      'num_proc',
      'processes',
      'threads',
      'cpus',
      'parallel',
    ],
    '--workers N',
  ),
  ...same(['batch', 'b', 'batchsize', 'chunk_size'], '--batch_size N'),
  ...same(['max_files', 'max_samples', 'num_samples', 'n_samples', 'head', 'max_items', 'n'], '--limit N'),
  ...same(['subset', 'random_sample'], '--sample N'),
  ...same(
    ['start_index', 'start_idx', 'skip', 'skip_completed', 'skip_existing'],
    '--resume; a run knows what is done',
  ),
  ...same(['continue', 'resume_from', 'resume_from_checkpoint', 'recover', 'r'], '--resume, with the run directory'),
  ...same(
    [
      'restart',
      'from_scratch',
      'overwrite',
      'no_resume',
      'force',
      'f',
      'fresh',
      'ignore_checkpoint',
      'clear_checkpoint',
      'reset',
    ],
    '--force_restart',
  ),
  ...same(['list_checkpoints', 'list', 'checkpoints'], '`midiloom checkpoint list [PATH]`'),
  ...same(
    ['checkpoint_info', 'show_checkpoint', 'checkpoint_status', 'status', 'show'],
    '`midiloom checkpoint show RUN_DIR`',
  ),
  ...same(['validate_checkpoint', 'verify_checkpoint', 'validate', 'check'], '`midiloom checkpoint validate RUN_DIR`'),
  ...same(
    ['clean_checkpoints', 'cleanup_checkpoints', 'clear_checkpoints', 'delete_checkpoint', 'clean', 'cleanup'],
    '`midiloom checkpoint cleanup [PATH]`',
  ),
  ...same(['export_checkpoint', 'export'], '`midiloom checkpoint export RUN_DIR FILE`'),
  ...same(['import_checkpoint', 'import'], '`midiloom checkpoint import RUN_DIR FILE`'),
  ...same(['reset_checkpoint'], '`midiloom checkpoint reset RUN_DIR`'),
  ...same(
    ['checkpoint', 'checkpoint_dir', 'checkpoint_path', 'checkpoint_file', 'ckpt', 'ckpt_dir'],
    '--output_dir DIR has the checkpoints, unless --midi_checkpoint and --text_checkpoint name others',
  ),
  ...same(
    ['save_interval', 'save_every', 'save_steps', 'checkpoint_every', 'checkpoint_freq', 'checkpoint_steps'],
    '--checkpoint_interval N, in batches',
  ),
  ...same(['gpu', 'cuda', 'device', 'gpus'], '--use_gpu'),
  ...same(['cpu', 'no_gpu', 'no_cuda', 'cpu_only'], '--no_use_gpu, and the CPU is the default'),
  ...same(['cache'], '--use_cache'),
  ...same(['no_cache'], '--no_use_cache'),
  ...same(['model', 'm', 'model_name', 'model_path', 'embedding_model', 'model_name_or_path'], '--text_model NAME|DIR'),
  ...same(['encoder', 'embedding', 'embedder'], '--text_encoder NAME'),
  ...same(['no_text', 'midi_only', 'skip_text', 'only_midi'], '--text_encoder none'),
  ...same(['tokenization', 'tokenizer_type', 'tokenizer_name'], '--tokenizer NAME'),
  ...same(['tokenizer_path', 'tokenizer_file', 'tokenizer_params', 'params'], '--tokenizer_config FILE'),
  ...same(
    ['max_seq_len', 'max_seq_length', 'max_len', 'max_length', 'seq_len', 'block_size'],
    '--max_sequence_length N',
  ),
  ...same(['format', 'output_type', 'file_type'], '--output_format NAME'),
  ...same(['max_shard_size', 'shards', 'num_shards'], '--shard_size MB'),
  ...same(['retry', 'retry_failed', 'retry_errors', 'rerun_failed'], '--mode retry'),
  ...same(['retries', 'num_retries', 'max_attempts'], '--max_retries N'),
  ...same(
    ['ignore_errors', 'skip_errors', 'skip_failed', 'keep_going', 'k', 'max_errors'],
    '--max_failed N; a failed pair never stops a run',
  ),
  ...same(['merge', 'merge_only', 'only_merge'], '--mode merge'),
  ...same(['timeout', 'time_limit', 'file_timeout'], '--task_timeout S'),
  ...same(['max_time', 'walltime', 'time'], '--max_runtime S'),
  ...same(['backup', 'drive', 'drive_dir', 'drive_path', 'mirror', 'sync_dir'], '--backup_dir DIR'),
  ...same(
    ['s3', 'bucket', 's3_bucket', 's3_prefix', 's3_path', 'remote_dir', 'upload'],
    '--backup_dir s3://BUCKET/PREFIX',
  ),
  ...same(['compress', 'compression', 'compression_level', 'zlib', 'zstd'], '--compress_segments zlib|zstd'),
  ...same(['verbose', 'v', 'quiet', 'q'], 'only `midiloom process` has it; this command says nothing but warnings'),
  ...same(['debug', 'd'], '--verbose'),
  ...same(['silent', 's', 'no_progress'], '--quiet'),
  ...same(['loglevel', 'logging_level'], '--log_level LEVEL'),
  ...same(['log', 'logfile', 'logs'], '--log_file FILE'),
  ...same(['config_file', 'c', 'conf', 'params_file'], '--config FILE'),
  ...same(['y', 'assume_yes', 'no_confirm', 'non_interactive'], '--yes'),
  ...same(
    [
      'splits',
      'val_split',
      'test_split',
      'train_split',
      'train_ratio',
      'val_ratio',
      'test_ratio',
      'test_size',
      'validation_split',
    ],
    '--split train=0.9,validation=0.05,test=0.05',
  ),
  ...same(['dedup', 'deduplicate', 'remove_duplicates'], '--dedupe exact'),
  ...same(
    ['filters', 'where', 'min_notes', 'max_notes', 'min_length'],
    '--filter CONDITIONS, as in --filter n_notes>=50',
  ),
  ...same(['random_seed', 'random_state'], '--seed N'),
  ...same(['token', 'hf_token'], 'there is no option for it: set the variable HF_TOKEN'),
  ...same(
    ['push_to_hub', 'upload', 'publish'],
    'there is no option for it: upload the folder `dataset` with `huggingface-cli upload`',
  ),
};

function same(names: readonly string[], here: string): Names {
  return Object.fromEntries(names.map((name) => [name, here]));
}
