/**
 * Writes small copies of public collections in their exact layout, with MIDI files of ours in place of theirs, for the
 * commands of docs/input.md to be tried on:
 *
 *     npx tsx scripts/write-collections.ts FOLDER
 *
 * Layouts as their own pages and the programs that read them have them (November 2026); names and values are made up.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parquetWriteBuffer } from 'hyparquet-writer';

const SAMPLES = fileURLToPath(new URL('../data/midi/', import.meta.url));
const MIDI = readdirSync(SAMPLES)
  .filter((name) => name.endsWith('.mid') && !name.startsWith('bad-'))
  .slice(0, 6);
const MD5 = [
  '1a0751ad20e3f82957410f510da97b13',
  '0b64f1ea5a0c0bf8c4e8ac34b8d0a3a1',
  'f00d51ad20e3f82957410f510da97b13',
];

type Write = (path: string, content: string | Uint8Array) => void;
type Place = (path: string, sample: number) => void;

/** Each by the name that docs/input.md gives it. */
const COLLECTIONS: Readonly<Record<string, (write: Write, place: Place) => void>> = {
  MidiCaps(write, place) {
    const lines = MD5.map((md5, at) => {
      const location = `lmd_full/${md5[0]}/${md5}.mid`;
      place(`MidiCaps/${location}`, at);
      const genre = { genre: ['electronic', 'pop'], genre_prob: [0.31, 0.2], mood: ['film'], mood_prob: [0.1] };
      return JSON.stringify({
        location,
        caption: `A melodic piece, number ${at}.`,
        ...genre,
        key: 'C major',
        test_set: at === 2,
      });
    });
    write('MidiCaps/train.json', `${lines.join('\n')}\n`);
  },
  MAESTRO(write, place) {
    const rows = [
      [
        'Alban Berg',
        'Sonata Op. 1',
        'train',
        2018,
        '2018/MIDI-Unprocessed_Chamber3_MID--AUDIO_10_R3_2018_wav--1.midi',
        'a.wav',
        698.66,
      ],
      ['J. S. Bach', 'Prelude, in "C"', 'validation', 2008, '2008/MIDI-Unprocessed_02.midi', 'b.wav', 120.5],
      ['C. Debussy', 'Images', 'test', 2009, '2009/MIDI-Unprocessed_03.midi', 'c.wav', 99],
    ] as const;
    for (const [at, row] of rows.entries()) place(`maestro-v3.0.0/${row[4]}`, at);
    const names = [
      'canonical_composer',
      'canonical_title',
      'split',
      'year',
      'midi_filename',
      'audio_filename',
      'duration',
    ];
    const cells = rows.map((row) => row.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(','));
    write('maestro-v3.0.0/maestro-v3.0.0.csv', [names.join(','), ...cells, ''].join('\n'));
    const columns = names.map((name, at) => [name, Object.fromEntries(rows.map((row, index) => [index, row[at]]))]);
    write('maestro-v3.0.0/maestro-v3.0.0.json', JSON.stringify(Object.fromEntries(columns)));
  },
  POP909(write, place) {
    for (const [at, number] of ['001', '002'].entries()) {
      place(`POP909/${number}/${number}.mid`, at);
      place(`POP909/${number}/versions/${number}-v1.mid`, at + 2);
      write(`POP909/${number}/chord_audio.txt`, '0.0\t1.2\tN\n');
    }
  },
  'Lakh, full'(_, place) {
    for (const [at, md5] of MD5.entries()) place(`lmd_full/${md5[0]}/${md5}.mid`, at);
  },
  'Lakh, matched'(write, place) {
    const scores: Record<string, Record<string, number>> = {};
    for (const [at, track] of ['TRAAAGR128F425B14B', 'TRBCDEF128F425B14C'].entries()) {
      const files = at === 0 ? MD5.slice(0, 2) : MD5.slice(2);
      scores[track] = Object.fromEntries(files.map((md5, place) => [md5, 0.71 + place / 100]));
      for (const [index, md5] of files.entries()) {
        place(`lmd_matched/${track[2]}/${track[3]}/${track[4]}/${track}/${md5}.mid`, at + index);
      }
    }
    write('match_scores.json', JSON.stringify(scores));
  },
  GiantMIDI(write, place) {
    const names = [
      'surname',
      'firstname',
      'music',
      'youtube_title',
      'youtube_id',
      'piano_solo_prob',
      'split',
      'audio_name',
    ];
    const rows = ['Liszt, Franz, Liebestraum, x1', 'Ravel, Maurice, Jeux d\u2019eau, x2'];
    for (const [at, name] of rows.entries()) place(`GiantMIDI-PIANO/midis/${name}.mid`, at);
    const cells = rows.map((name, at) =>
      [...name.split(', ').slice(0, 3), `Played ${at}`, `x${at}`, '0.99', 'train', name].join('\t'),
    );
    const file = 'GiantMIDI-PIANO/full_music_pieces_youtube_similarity_pianosoloprob_split.csv';
    write(file, [names.join('\t'), ...cells, ''].join('\n'));
  },
  MetaMIDI(write, place) {
    for (const [at, md5] of MD5.entries()) place(`MMD_MIDI/${md5[0]}/${md5[1]}/${md5[2]}/${md5}.mid`, at);
    const lines = MD5.slice(0, 2).map((md5, at) =>
      JSON.stringify({
        md5,
        title_artist: [
          [`Title ${at}`, 'Somebody'],
          ['Other', 'X'],
        ],
      }),
    );
    write('MMD_METADATA/MMD_scraped_title_artist.jsonl', `${lines.join('\n')}\n`);
  },
  GigaMIDI(_, place) {
    for (const [at, split] of ['train', 'validation', 'test'].entries()) {
      place(`Final_GigaMIDI_V1.1_Final/${split}/${split}-V1.1/no-drums/${MD5[at]}.mid`, at);
    }
  },
  'GigaMIDI in Parquet'(write) {
    for (const [at, split] of ['train', 'validation', 'test'].entries()) {
      const data = parquetWriteBuffer({
        columnData: [
          { name: 'md5', data: [MD5[at]], type: 'STRING' },
          { name: 'music', data: [readFileSync(join(SAMPLES, MIDI[at] ?? ''))], type: 'BYTE_ARRAY' },
          { name: 'NOMML', data: [[12, 0]], type: 'JSON' },
          { name: 'title', data: ['A title'], type: 'STRING' },
        ],
      });
      write(`GigaMIDI/v2.0.0/${split}/${split}-00000-of-00001.parquet`, new Uint8Array(data));
    }
  },
  'Aria-MIDI'(write, place) {
    for (const [at, id] of ['000001_0', '000002_0', '000002_1'].entries())
      place(`aria-midi-v1-deduped-ext/data/aa/${id}.mid`, at);
    const facts = { metadata: { composer: 'chopin', genre: 'classical' }, audio_scores: { '0': 0.98 } };
    write('aria-midi-v1-deduped-ext/metadata.json', JSON.stringify({ '1': facts, '2': facts }));
  },
  'NES-MDB'(_, place) {
    for (const [at, split] of ['train', 'valid', 'test'].entries())
      place(`nesmdb_midi/${split}/00${at}_Game_00_01Title.mid`, at);
  },
  'a folder of the hub'(write, place) {
    for (const [at, split] of ['train', 'test'].entries()) {
      place(`hub/${split}/midi/a.mid`, at);
      write(`hub/${split}/metadata.csv`, 'file_name,text\nmidi/a.mid,"A waltz, slow"\n');
    }
  },
};

export function writeCollections(folder: string): void {
  const write: Write = (path, content) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  const place: Place = (path, sample) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(SAMPLES, MIDI[sample % MIDI.length] ?? ''), join(folder, path));
  };
  for (const fill of Object.values(COLLECTIONS)) fill(write, place);
}

const [, script, target] = process.argv;
if (script !== undefined && resolve(script) === fileURLToPath(import.meta.url))
  writeCollections(target ?? 'collections');
