/**
 * How fast what trainers read is made: `npm run build && npx tsx bench/training.ts [files]`. Ids packed a second; ids of AMT beside the least that
 * anticipation's own code takes, which is mido going through the messages of a file; augmented copies a second; and a vocabulary of 5,000 learned from POP909
 * beside MidiTok's `train` (BPE, WordPiece, Unigram; `bench/training.ts FILES MODEL` for one), each on one thread. CPU seconds, as other programs may be at work.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTokenizer, DEFAULT_CHOICES, DEFAULT_LIMITS, decodeMidi, presetConfig, trainTokenizer } from 'midiloom';
import { OutputFolder } from '../src/dataset/output-folder.ts';
import { IndexedIds } from '../src/dataset/writers/indexed-ids.ts';
import { createChangeProcessor } from '../src/worker/change-midi.ts';
import { USUAL_SETTINGS } from '../test/worker/usual-settings.ts';
import { pop909Paths } from './take-turns.ts';

const PYTHON = process.env.MIDILOOM_PEERS_PYTHON ?? '.venv/bin/python';
const files = Number(process.argv[2] ?? 909);
const MODELS = (['bpe', 'wordpiece', 'unigram'] as const).filter((model) => (process.argv[3] ?? model) === model);
/** What MidiTok calls them. */
const NAMES = { bpe: 'BPE', wordpiece: 'WordPiece', unigram: 'Unigram' } as const;
const folder = mkdtempSync(join(tmpdir(), 'midiloom-bench-'));

try {
  await packing();
  amt();
  copies();
  for (const model of MODELS) await learning(model);
} finally {
  rmSync(folder, { recursive: true });
}

async function packing(): Promise<void> {
  const sequence = Uint16Array.from({ length: 1024 }, (_, at) => (at * 7919) % 500);
  const output = await OutputFolder.create(join(folder, 'packed'));
  const ids = await IndexedIds.create(output, 'train', { vocabularySize: 500, begin: 1, end: 2 });
  const sequences = 100_000;
  const begin = cpuSeconds();
  for (let at = 0; at < sequences; at += 1) {
    await ids.addSequence(sequence);
    ids.endDocument();
  }
  await ids.close();
  const seconds = cpuSeconds() - begin;
  console.log(`packing: ${((sequences * 1026) / seconds / 1e6).toFixed(0)} M ids a CPU second, checksums included`);
}

function amt(): void {
  const paths = pop909Paths().slice(0, 40);
  const tokenizer = createTokenizer(presetConfig('amt'));
  const contents = paths.map((path) => readFileSync(path));
  const run = (): number => {
    let count = 0;
    for (const bytes of contents) {
      const decoded = decodeMidi(bytes, DEFAULT_LIMITS, undefined, { ...DEFAULT_CHOICES, messages: true });
      if (decoded.ok) count += tokenizer.encode(decoded.score).streams[0]?.length ?? 0;
    }
    return count;
  };
  run();
  const begin = cpuSeconds();
  const count = [run(), run(), run()][0] ?? 0;
  const ours = (cpuSeconds() - begin) / 3 / paths.length;
  console.log(
    `AMT: ${(ours * 1000).toFixed(2)} ms a file, ${(count / paths.length / ours / 1e6).toFixed(1)} M ids a second`,
  );
  const script = `import mido,sys,time
begin=time.process_time()
for file in sys.argv[1:]:
    for message in mido.MidiFile(file): pass
print((time.process_time()-begin)/len(sys.argv[1:]))`;
  const { status, stdout } = spawnSync(PYTHON, ['-c', script, ...paths], { encoding: 'utf8' });
  if (status !== 0) {
    console.log('skipped: mido is not there');
    return;
  }
  const theirs = Number(stdout);
  console.log(
    `  mido alone takes ${(theirs * 1000).toFixed(0)} ms a file, ${(theirs / ours).toFixed(0)} times as much`,
  );
}

/** Augmented copies, tokens and features of all, as a worker makes them. */
function copies(): void {
  const changeMidi = createChangeProcessor({
    ...USUAL_SETTINGS,
    midiRoot: '/',
    allowOutside: true,
    maxFileBytes: 1e8,
    tokenizer: presetConfig('tsd'),
  });
  const grid = { transpose: [-5, -3, 0, 2, 4, 6], tempo: [0.9, 1, 1.1], velocity: [0] };
  const jobs = pop909Paths()
    .slice(0, 60)
    .map((path, index) => {
      const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
      return { index, midiFile: path, changes: { sha256, grid, copies: 4, lot: path, mustDiffer: true } };
    });
  const run = (): number => jobs.filter((job) => changeMidi(job).ok).length;
  run();
  const begin = cpuSeconds();
  const made = 4 * run();
  console.log(`augmentation: ${(made / (cpuSeconds() - begin)).toFixed(0)} copies of POP909 a CPU second`);
}

async function learning(model: (typeof MODELS)[number]): Promise<void> {
  const inputFile = join(folder, 'pairs.jsonl');
  const paths = pop909Paths().slice(0, files);
  writeFileSync(inputFile, paths.map((midi_file) => `${JSON.stringify({ midi_file })}\n`).join(''));
  const begin = cpuSeconds();
  const { text, words } = await trainTokenizer(
    { inputFile, allowOutside: true, tokenizer: 'tsd' },
    { model, vocabularySize: 5000 },
  );
  const ours = cpuSeconds() - begin;
  console.log(
    `${NAMES[model]}: 5,000 tokens from ${words} words of ${paths.length} files: ${ours.toFixed(1)} CPU seconds`,
  );
  const base = join(folder, 'base.json');
  writeFileSync(base, createTokenizer(presetConfig('tsd')).toJson());
  const script = `import json,miditok,os,pathlib,sys,time
tokenizer=miditok.TSD(params=sys.argv[1])
files=[pathlib.Path(json.loads(line)["midi_file"]) for line in open(sys.argv[2])]
begin=time.process_time()
tokenizer.train(vocab_size=5000, model=sys.argv[3], files_paths=files)
seconds=time.process_time()-begin
print("\\n", json.dumps([seconds, json.loads(tokenizer._model.to_str())]))`;
  const env = { ...process.env, RAYON_NUM_THREADS: '1', TOKENIZERS_PARALLELISM: 'false' };
  const { status, stdout } = spawnSync(PYTHON, ['-c', script, base, inputFile, NAMES[model]], {
    encoding: 'utf8',
    env,
    maxBuffer: 1 << 28,
  });
  if (status !== 0) {
    console.log('skipped: MidiTok is not there');
    return;
  }
  const [theirs, other]: [number, unknown] = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  const isSame = JSON.stringify(JSON.parse(JSON.parse(text)._model)) === JSON.stringify(other);
  console.log(
    `  MidiTok takes ${theirs.toFixed(1)}, ${(theirs / ours).toFixed(1)} times as much; the model is ${isSame ? 'the same' : 'another'}`,
  );
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
