import { describe, expect, it } from 'vitest';
import { fieldsOf, pairOf } from '../../src/manifest/pair.ts';

describe('a record read as a pair', () => {
  it.each(['midi_file', 'midi_path', 'location', 'path'])('finds its MIDI file under %s', (name) => {
    expect(pairOf({ [name]: 'a.mid', caption: 'x' }, 0, 0)).toMatchObject({ midiFile: 'a.mid', metadata: {} });
    expect(fieldsOf({ [name]: 'a.mid' })).toEqual({ midi: name, text: null });
  });

  it.each(['text_description', 'caption', 'text'])('finds its text under %s', (name) => {
    expect(pairOf({ path: 'a.mid', [name]: 'x' }, 0, 0)).toMatchObject({
      text: 'x',
      textFile: undefined,
      metadata: {},
    });
    expect(fieldsOf({ [name]: 'x' })).toEqual({ midi: null, text: name });
  });

  it('names a text file only where there is no text', () => {
    expect(pairOf({ text_file: 'a.txt' }, 0, 0)).toMatchObject({ text: undefined, textFile: 'a.txt', metadata: {} });
    expect(pairOf({ text_file: 'a.txt', text: 'x' }, 0, 0)).toMatchObject({
      text: 'x',
      textFile: undefined,
      metadata: { text_file: 'a.txt' },
    });
  });

  it('prefers the earlier name and keeps the others as metadata', () => {
    const record = { path: 'p', location: 'l', midi_file: 'm', text: 't', text_description: 'd' };
    expect(pairOf(record, 0, 0)).toMatchObject({
      midiFile: 'm',
      text: 'd',
      metadata: { path: 'p', location: 'l', text: 't' },
    });
  });

  it('passes over an empty cell for a field that says something', () => {
    const pair = pairOf({ midi_file: '', path: 'p', caption: '', text_file: 'a.txt' }, 0, 0);
    expect(pair).toMatchObject({ midiFile: 'p', text: undefined, textFile: 'a.txt' });
  });

  it('keeps an empty caption as it is, so that it can be reported', () => {
    expect(pairOf({ midi_file: 'a.mid', caption: '' }, 0, 0).text).toBe('');
  });

  it('has no MIDI where the field is of the wrong type, and shows it in the metadata', () => {
    const pair = pairOf({ midi_file: 5, caption: ['x'], text_file: null }, 0, 0);
    expect(pair).toMatchObject({ midiFile: undefined, text: undefined, textFile: undefined });
    expect(pair.metadata).toEqual({ midi_file: 5, caption: ['x'], text_file: null });
  });

  it('merges a metadata object, in which a field of the record wins', () => {
    const pair = pairOf({ genre: 'pop', metadata: { genre: 'rock', year: 1999 }, path: 'a.mid' }, 0, 0);
    expect(Object.entries(pair.metadata)).toEqual([
      ['genre', 'pop'],
      ['year', 1999],
    ]);
  });

  it.each([[['x']], ['x'], [null]])('keeps metadata that is no object under its name: %j', (metadata) => {
    expect(pairOf({ metadata }, 0, 0).metadata).toEqual({ metadata });
  });

  it.each([
    ['song', 'song', {}],
    [17, '17', {}],
    [undefined, '00000042', { id: undefined }],
    ['', '00000042', { id: '' }],
    [{ a: 1 }, '00000042', { id: { a: 1 } }],
  ])('with the id %j is called %s', (id, expected, metadata) => {
    expect(pairOf({ id }, 42, 0)).toMatchObject({ id: expected, metadata });
  });

  it('takes nothing from the prototype of objects', () => {
    expect(pairOf({}, 0, 0)).toMatchObject({ midiFile: undefined, text: undefined, id: '00000000' });
  });
});
