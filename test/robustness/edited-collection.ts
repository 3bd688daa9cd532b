import { mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessOptions } from 'midiloom';
import { tinyMidi } from '../tiny-midi.ts';

type Row = Readonly<Record<string, unknown>> | string;

/**
 * A manifest with its files that is edited at random, as people edit theirs: rows come, go and move, captions are corrected, files are
 * replaced, renamed, removed and put back, options change. Everything follows from the random numbers.
 */
export class EditedCollection {
  readonly #folder: string;
  readonly #random: () => number;
  readonly #hasIds: boolean;
  #rows: Row[] = [];
  #options: ProcessOptions = { tokenizer: 'tsd', textDim: 8 };
  #made = 0;

  constructor(folder: string, random: () => number) {
    this.#folder = folder;
    this.#random = random;
    this.#hasIds = random() < 0.4;
    mkdirSync(join(folder, 'midi'), { recursive: true });
    mkdirSync(join(folder, 'text'), { recursive: true });
    for (let rows = 4 + this.#below(20); rows > 0; rows--) this.#rows.push(this.#newRow());
    this.#write();
  }

  /** What the next run is to be told; the run directory is not among it. */
  options(): ProcessOptions {
    const small = { workers: 1, batchSize: 1 + this.#below(4), checkpointInterval: 1 + this.#below(3) };
    return {
      inputFile: join(this.#folder, 'pairs.jsonl'),
      textEncoder: 'hashing',
      outputFormat: ['jsonl'],
      ...small,
      ...this.#options,
    };
  }

  /** Makes some edits and says which. */
  edit(): string {
    const edits = Array.from({ length: 1 + this.#below(6) }, () => this.#one());
    this.#write();
    return edits.join(', ');
  }

  #one(): string {
    const edits = this.#rows.length === 0 ? [EDITS[0]] : EDITS;
    const [name, edit] = edits[this.#below(edits.length)] ?? ['nothing', () => {}];
    edit(this);
    return name;
  }

  insert(): void {
    for (let rows = 1 + this.#below(3); rows > 0; rows--) {
      this.#rows.splice(this.#below(this.#rows.length + 1), 0, this.#newRow());
    }
  }

  append(): void {
    this.#rows.push(this.#newRow(), this.#newRow());
  }

  remove(): void {
    if (this.#rows.length > 2) this.#rows.splice(this.#below(this.#rows.length), 1);
  }

  move(): void {
    const [row] = this.#rows.splice(this.#below(this.#rows.length), 1);
    if (row !== undefined) this.#rows.splice(this.#below(this.#rows.length + 1), 0, row);
  }

  shuffle(): void {
    this.#rows = this.#rows
      .map((row) => ({ row, at: this.#random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ row }) => row);
  }

  correct(): void {
    this.#change((row) => ({ ...row, ...this.#caption() }));
  }

  repoint(): void {
    this.#change((row) => ({ ...row, midi_file: this.#midiFile() }));
  }

  double(): void {
    const row = this.#rows[this.#below(this.#rows.length)];
    if (row !== undefined) this.#rows.push(row);
  }

  resplit(): void {
    this.#change((row) => ({ ...row, split: this.#random() < 0.5 ? 'train' : 'test' }));
  }

  replaceFile(): void {
    const files = readdirSync(join(this.#folder, 'midi'));
    const file = files[this.#below(files.length)];
    if (file !== undefined) this.#writeMidi(file);
  }

  touchFile(): void {
    const files = readdirSync(join(this.#folder, 'midi'));
    const file = files[this.#below(files.length)];
    if (file !== undefined) utimesSync(join(this.#folder, 'midi', file), this.#below(1e9), this.#below(1e9));
  }

  removeFile(): void {
    const files = readdirSync(join(this.#folder, 'midi'));
    const file = files[this.#below(files.length)];
    if (file !== undefined && files.length > 4) rmSync(join(this.#folder, 'midi', file));
  }

  renameFile(): void {
    const files = readdirSync(join(this.#folder, 'midi'));
    const file = files[this.#below(files.length)];
    if (file === undefined) return;
    const name = `r${this.#made++}.mid`;
    renameSync(join(this.#folder, 'midi', file), join(this.#folder, 'midi', name));
    this.#rows = this.#rows.map((row) =>
      typeof row !== 'string' && row.midi_file === `midi/${file}` ? { ...row, midi_file: `midi/${name}` } : row,
    );
  }

  replaceText(): void {
    const files = readdirSync(join(this.#folder, 'text'));
    const file = files[this.#below(files.length)];
    if (file !== undefined) writeFileSync(join(this.#folder, 'text', file), this.#words());
  }

  changeTokenizer(): void {
    const [tokenizer] = this.#pick(['tsd', 'remi', 'midilike'] as const);
    this.#options = { ...this.#options, tokenizer };
  }

  changeEncoder(): void {
    this.#options = { ...this.#options, textDim: 8 * (1 + this.#below(3)) };
  }

  changeOptions(): void {
    const [more] = this.#pick([
      { maxSequenceLength: 6 },
      { maxSequenceLength: null },
      { embeddingPrecision: 'float16' },
      { embeddingPrecision: 'float32' },
      { captions: ['first'] },
      { captions: ['all', 'optional'] },
      { captions: ['all'] },
      { dedupe: 'exact' },
      { offset: 1 },
      { offset: null },
    ] as const);
    this.#options = { ...this.#options, ...more };
  }

  #change(how: (row: Readonly<Record<string, unknown>>) => Row): void {
    const at = this.#below(this.#rows.length);
    const row = this.#rows[at];
    if (typeof row === 'object') this.#rows[at] = how(row);
  }

  #newRow(): Row {
    const draw = this.#random();
    if (draw < 0.04) return `{"broken": ${this.#below(100)}`;
    const row = { midi_file: this.#midiFile(), ...this.#caption(), note: this.#words() };
    return this.#hasIds && draw < 0.9 ? { id: `row ${this.#made++}`, ...row } : row;
  }

  #midiFile(): string {
    const draw = this.#random();
    if (draw < 0.08) return `midi/not-there-${this.#below(3)}.mid`;
    if (draw < 0.1) return '../outside.mid';
    const files = readdirSync(join(this.#folder, 'midi'));
    const known = files[this.#below(files.length)];
    if (draw < 0.3 && known !== undefined) return `midi/${known}`;
    const name = `${this.#made++}.mid`;
    this.#writeMidi(name);
    return `midi/${name}`;
  }

  #writeMidi(name: string): void {
    const isBroken = this.#random() < 0.1;
    // Few pitches, so that files of other names have the same content now and then.
    const notes = Array.from({ length: 1 + this.#below(6) }, () => 60 + this.#below(4));
    writeFileSync(join(this.#folder, 'midi', name), isBroken ? Buffer.from('no MIDI') : tinyMidi(notes));
  }

  #caption(): Readonly<Record<string, unknown>> {
    const none = { text_description: undefined, text_file: undefined };
    const draw = this.#random();
    if (draw < 0.05) return none;
    if (draw < 0.1) return { ...none, text_description: '' };
    if (draw < 0.2)
      return { ...none, text_description: [this.#words(), this.#words(), this.#words()].slice(this.#below(3)) };
    if (draw < 0.8) return { ...none, text_description: this.#words() };
    const name = `${this.#made++}.txt`;
    if (draw < 0.95) writeFileSync(join(this.#folder, 'text', name), this.#words());
    return { ...none, text_file: `text/${name}` };
  }

  #words(): string {
    const words = ['slow', 'waltz', 'in', 'C', 'major', 'piano', 'quick', 'March'];
    return Array.from({ length: 1 + this.#below(3) }, () => words[this.#below(words.length)]).join(' ');
  }

  #write(): void {
    const lines = this.#rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row)));
    writeFileSync(join(this.#folder, 'pairs.jsonl'), `${lines.join('\n')}\n`);
  }

  #pick<T>(values: readonly T[]): [T] | [] {
    const value = values[this.#below(values.length)];
    return value === undefined ? [] : [value];
  }

  #below(end: number): number {
    return Math.floor(this.#random() * end);
  }
}

const EDITS: readonly (readonly [string, (collection: EditedCollection) => void])[] = [
  ['insert', (collection) => collection.insert()],
  ['insert', (collection) => collection.insert()],
  ['append', (collection) => collection.append()],
  ['remove', (collection) => collection.remove()],
  ['remove', (collection) => collection.remove()],
  ['move', (collection) => collection.move()],
  ['shuffle', (collection) => collection.shuffle()],
  ['correct', (collection) => collection.correct()],
  ['correct', (collection) => collection.correct()],
  ['repoint', (collection) => collection.repoint()],
  ['double', (collection) => collection.double()],
  ['resplit', (collection) => collection.resplit()],
  ['replace file', (collection) => collection.replaceFile()],
  ['touch file', (collection) => collection.touchFile()],
  ['remove file', (collection) => collection.removeFile()],
  ['rename file', (collection) => collection.renameFile()],
  ['replace text', (collection) => collection.replaceText()],
  ['tokenizer', (collection) => collection.changeTokenizer()],
  ['encoder', (collection) => collection.changeEncoder()],
  ['options', (collection) => collection.changeOptions()],
];
