/** A pair that cannot be processed, or not as it is, and why. */
export interface BadPair {
  /** Relative to the folder of the manifest. */
  readonly midiFile: string;
  readonly caption: string;
  /** For the reader of the manifest. */
  readonly flaw: string;
  /** Undefined where the flaw is not in the file, or where there is no file. */
  readonly bytes?: Uint8Array;
}

/** One of each kind of flaw that collections have; `whole` is a good file to damage. */
export function badPairs(whole: Uint8Array): BadPair[] {
  const text = 'This is a text file. Somebody gave it the wrong name.\n';
  return [
    {
      midiFile: 'midi/bad-truncated-header.mid',
      caption: 'A piano piece whose download stopped after a few bytes.',
      flaw: 'the file ends within its header',
      bytes: whole.subarray(0, 11),
    },
    {
      midiFile: 'midi/bad-text-file.mid',
      caption: 'A mysterious piece that turns out to be a text file.',
      flaw: 'the file is no MIDI file',
      bytes: new TextEncoder().encode(text),
    },
    {
      midiFile: 'midi/bad-missing.mid',
      caption: 'A string trio that nobody can find any more.',
      flaw: 'there is no such file',
    },
    {
      midiFile: 'midi/waltz-for-an-evening.mid',
      caption: '',
      flaw: 'the caption is empty',
    },
    {
      midiFile: 'midi/bad-truncated-track.mid',
      caption: 'A light piano waltz in G major that breaks off in the middle.',
      flaw: 'the file ends within its second track; the notes before that can be saved',
      bytes: whole.subarray(0, Math.floor(whole.length / 2)),
    },
  ];
}
