import { describe, expect, it } from 'vitest';
import { MIDI_FIELDS, TEXT_FIELDS } from '../../src/manifest/field-names.ts';
import { findFields } from '../../src/manifest/find-fields.ts';
import type { InputOptions } from '../../src/manifest/input-options.ts';
import type { ManifestRecord } from '../../src/manifest/manifest-record.ts';
import { type Pair, pairsOf, pieceOf, understandingOf } from '../../src/manifest/pair.ts';

function allPairs(record: ManifestRecord, first = 0, options: Omit<InputOptions, 'inputFile'> = {}): readonly Pair[] {
  const read = { offset: 0, record };
  return pairsOf(read, pieceOf(read, understandingOf(options)), first);
}

function pairOf(record: ManifestRecord, index = 0, options: Omit<InputOptions, 'inputFile'> = {}): Pair | undefined {
  return allPairs(record, index, options)[0];
}

function fieldsOf(record: ManifestRecord) {
  const { midi, text } = findFields(record, understandingOf({}).names);
  return { midi: midi?.name ?? null, text: text?.name ?? null };
}

describe('a record read as a pair', () => {
  it.each(MIDI_FIELDS)('finds its MIDI file under %s', (name) => {
    expect(pairOf({ [name]: 'a.mid', caption: 'x' })).toMatchObject({ midiFile: 'a.mid', metadata: {} });
    expect(fieldsOf({ [name]: 'a.mid' })).toEqual({ midi: name, text: null });
  });

  it.each(TEXT_FIELDS)('finds its text under %s', (name) => {
    expect(pairOf({ path: 'a.mid', [name]: 'x' })).toMatchObject({
      text: 'x',
      textFile: undefined,
      metadata: {},
    });
    expect(fieldsOf({ [name]: 'x' })).toEqual({ midi: null, text: name });
  });

  it('names a text file only where there is no text', () => {
    expect(pairOf({ text_file: 'a.txt' })).toMatchObject({ text: undefined, textFile: 'a.txt', metadata: {} });
    expect(pairOf({ text_file: 'a.txt', text: 'x' })).toMatchObject({
      text: 'x',
      textFile: undefined,
      metadata: { text_file: 'a.txt' },
    });
  });

  it('prefers the earlier name and keeps the others as metadata', () => {
    const record = { path: 'p', location: 'l', midi_file: 'm', text: 't', text_description: 'd' };
    expect(pairOf(record)).toMatchObject({
      midiFile: 'm',
      text: 'd',
      metadata: { path: 'p', location: 'l', text: 't' },
    });
  });

  it('passes over an empty cell for a field that says something', () => {
    const pair = pairOf({ midi_file: '', path: 'p', caption: '', text_file: 'a.txt' });
    expect(pair).toMatchObject({ midiFile: 'p', text: undefined, textFile: 'a.txt' });
  });

  it('keeps an empty caption as it is, so that it can be reported', () => {
    expect(pairOf({ midi_file: 'a.mid', caption: '' })?.text).toBe('');
  });

  it('has no MIDI where the field is of the wrong type, and shows it in the metadata', () => {
    const pair = pairOf({ midi_file: 5, caption: { a: 'x' }, text_file: null });
    expect(pair).toMatchObject({
      midiFile: undefined,
      text: undefined,
      textFile: undefined,
      midiFault: { code: 'missing_midi', error: '"midi_file" is the number 5, not a path' },
      textFault: { code: 'text_not_text', error: '"caption" is an object, not a text' },
    });
    expect(pair?.metadata).toEqual({ midi_file: 5, caption: { a: 'x' }, text_file: null });
  });

  it('merges a metadata object, in which a field of the record wins', () => {
    const pair = pairOf({ genre: 'pop', metadata: { genre: 'rock', year: 1999, mood: 'x' }, mood: 'x', path: 'a.mid' });
    expect(Object.entries(pair?.metadata ?? {})).toEqual([
      ['metadata.genre', 'rock'],
      ['year', 1999],
      ['mood', 'x'],
      ['genre', 'pop'],
    ]);
  });

  it.each([[['x']], ['x'], [null]])('keeps metadata that is no object under its name: %j', (metadata) => {
    expect(pairOf({ metadata })?.metadata).toEqual({ metadata });
  });

  it.each([
    ['song', 'song', {}],
    [17, '17', {}],
    [undefined, '00000042', { id: undefined }],
    ['', '00000042', { id: '' }],
    [{ a: 1 }, '00000042', { id: { a: 1 } }],
  ])('with the id %j is called %s', (id, expected, metadata) => {
    expect(pairOf({ id }, 42)).toMatchObject({ id: expected, metadata });
  });

  it('takes nothing from the prototype of objects', () => {
    expect(pairOf({})).toMatchObject({ midiFile: undefined, text: undefined, id: '00000000' });
  });

  it('takes the fields that the user names, by a name or a dotted path', () => {
    const record = {
      files: { midi: 'a.mid', score: 'b.xml' },
      path: 'p.wav',
      notes: [{ en: 'x' }],
      text: 'no',
      'a.b': 'own',
    };
    const options = { midiField: 'files.midi', textField: 'notes.0.en', idField: 'a.b', splitField: 'files.score' };
    expect(pairOf(record, 0, options)).toMatchObject({ midiFile: 'a.mid', text: 'x', id: 'own', split: 'b.xml' });
    expect(pairOf(record, 0, { ...options, midiField: 'files.audio' })).toMatchObject({ midiFile: undefined });
  });

  it('keeps the split of the manifest beside the metadata', () => {
    expect(pairOf({ path: 'a.mid', split: 'test' })).toMatchObject({ split: 'test', metadata: { split: 'test' } });
    expect(pairOf({ path: 'a.mid', split: 3 })).toMatchObject({ split: '3' });
    expect(pairOf({ path: 'a.mid', split: '' })).not.toHaveProperty('split');
  });
});

describe('a list of captions', () => {
  const record = { id: 'x', path: 'a.mid', captions: ['one', ' ', 'three', 4, null, { caption: 'six' }] };

  it('is a pair for each, told apart by its place, with the empty and the wrong ones as failures of their own', () => {
    const pairs = allPairs(record, 7);
    expect(pairs.map(({ index, id, text, captionIndex }) => [index, id, text, captionIndex])).toEqual([
      [7, 'x', 'one', 0],
      [8, 'x', ' ', 1],
      [9, 'x', 'three', 2],
      [10, 'x', undefined, 3],
      [11, 'x', '', 4],
      [12, 'x', 'six', 5],
    ]);
    expect(pairs[3]?.textFault).toEqual({
      code: 'text_not_text',
      error: 'caption 3 of the list is the number 4, not a text',
    });
  });

  it('is one pair where the user wants the first, one by lot, or all as one text', () => {
    expect(allPairs(record, 0, { captions: 'first' }).map(({ text }) => text)).toEqual(['one']);
    expect(allPairs(record, 0, { captions: 'join' }).map(({ text }) => text)).toEqual(['one\nthree\nsix']);
    const drawn = new Set(
      Array.from({ length: 50 }, (_, seed) =>
        allPairs(record, 0, { captions: 'random', seed }).map(({ text }) => text),
      ).flat(),
    );
    expect([...drawn].sort()).toEqual(['one', 'six', 'three']);
    expect(allPairs(record, 5, { captions: 'random' })).toMatchObject([
      { text: allPairs(record, 0, { captions: 'random' })[0]?.text },
    ]);
  });

  it('that is empty is a pair without text', () => {
    expect(allPairs({ path: 'a.mid', captions: [] })).toMatchObject([{ text: undefined }]);
  });
});
