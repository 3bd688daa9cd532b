import type { Repairs } from '../../src/midi/repairs.ts';
import { ascii, chunk, END_OF_TRACK, header, uint32 } from '../../test/midi/smf-bytes.ts';
import { fileOf, notesOf, PIECES, type Piece, trackOf } from './music.ts';
import { type OddFile, oddFile } from './odd-file.ts';

const JUNK: Readonly<Record<string, readonly number[]>> = {
  'one zero': [0],
  'three bytes': [1, 2, 3],
  'eight zeros': Array(8).fill(0),
  'thirteen of FF': Array(13).fill(0xff),
  'a line of text': ascii('\r\n-- saved --\r\n'),
};
const SMF_2 = 'SMF 1.0, Chunks: length is the number of bytes of data which follow';

/** Files whose chunks are not where they should be: every piece, at its first and at its last track. */
export function chunkFaults(): readonly OddFile[] {
  return PIECES.flatMap((piece) => [
    ...faultsOfFile(piece),
    ...placesOf(piece).flatMap((at) => faultsOfTrack(piece, at)),
  ]);
}

function placesOf({ parts }: Piece): readonly number[] {
  return [...new Set([0, parts.length - 1])];
}

/** The file with the bytes of one track replaced. */
function withTrack({ format, parts }: Piece, at: number, change: (own: readonly number[]) => readonly number[]) {
  const tracks = parts.map((part, index) => (index === at ? change(trackOf(part)) : trackOf(part)));
  return [...header({ format, trackCount: parts.length }), ...tracks.flat()];
}

function faultsOfTrack(piece: Piece, at: number): readonly OddFile[] {
  const { parts } = piece;
  const notes = notesOf(parts);
  const place = `${piece.name}, track ${at}`;
  const file = (name: string, change: (own: readonly number[]) => readonly number[], repairs: Repairs, why = SMF_2) =>
    oddFile(`${name}: ${place}`, withTrack(piece, at, change), { wrong: name, why, notes, repairs });
  const size = trackOf(parts[at] ?? { body: [], notes: [] }).length - 8;
  const withLength = (length: number) => (own: readonly number[]) => [
    ...own.slice(0, 4),
    ...uint32(length),
    ...own.slice(8),
  ];
  const lengths = [size + 1, size + 7, size + 1000, 0xffffffff, size - 1, size - 4, Math.floor(size / 2), 0];
  return [
    ...Object.entries(JUNK).map(([kind, junk]) =>
      file(`${kind} before a track`, (own) => [...junk, ...own], { junk_bytes: 1 }, 'players look for the next MTrk'),
    ),
    ...lengths.map((length) => {
      const passesEnd = parts.slice(at).reduce((sum, part) => sum + trackOf(part).length, 0) < length + 8;
      return file(
        `length ${length} instead of ${size}`,
        withLength(length),
        passesEnd ? { truncated_chunk: 1 } : { chunk_length: 1 },
      );
    }),
    ...['mtrk', 'MTrx', 'NUrk'].map((tag) =>
      file(
        `tag ${tag}`,
        (own) => [...ascii(tag), ...own.slice(4)],
        { damaged_track_tag: 1 },
        'the header promises the track',
      ),
    ),
    file(
      'an alien chunk before a track',
      (own) => [...chunk('XFIH', [1, 2, 3]), ...own],
      {},
      'SMF 1.0: alien chunks are to be expected and ignored',
    ),
    file(
      'two alien chunks before a track',
      (own) => [...chunk('CASM', []), ...chunk('XFKM', [0, 255]), ...own],
      {},
      'SMF 1.0: alien chunks are to be expected and ignored',
    ),
    file(
      'no end-of-track',
      (own) => [...ascii('MTrk'), ...uint32(size - 4), ...own.slice(8, -4)],
      { missing_end_of_track: 1 },
      'SMF 1.0: End of Track is not optional; players end with the chunk',
    ),
    file(
      'bytes after the end-of-track',
      (own) => [...ascii('MTrk'), ...uint32(size + 6), ...own.slice(8), 0, 0x90, 60, 64, 0, 0],
      { bytes_after_end_of_track: 1 },
      'SMF 1.0: End of Track gives the exact ending point of the track',
    ),
    ...(at > 0
      ? [
          file(
            'a second header before a track',
            (own) => [...header({ trackCount: 1 }), ...own],
            { second_header: 1 },
            'the first header promises the track',
          ),
        ]
      : []),
  ];
}

function faultsOfFile(piece: Piece): readonly OddFile[] {
  const { format, parts } = piece;
  const notes = notesOf(parts);
  const plain = fileOf(parts, { format });
  const count = parts.length;
  const file = (name: string, bytes: readonly number[], repairs: Repairs, why: string) =>
    oddFile(`${name}: ${piece.name}`, bytes, { wrong: name, why, notes, repairs });
  const macBinary = [0, 5, ...ascii('SONG1'), ...Array(121).fill(0)];
  const riff = (data: readonly number[]) => {
    const body = [...ascii('RMIDdata'), ...uint32(data.length).reverse(), ...data];
    return [...ascii('RIFF'), ...uint32(body.length).reverse(), ...body];
  };
  const longHeader = (extra: readonly number[]) => [
    ...plain.slice(0, 4),
    ...uint32(6 + extra.length),
    ...plain.slice(8, 14),
    ...extra,
    ...plain.slice(14),
  ];
  const leading = 'players look for MThd';
  const longer = 'SMF 1.0: the header may get longer; its length has to be honoured';
  return [
    file('nothing', plain, {}, 'SMF 1.0'),
    file('128 bytes of MacBinary', [...macBinary, ...plain], { leading_bytes: 1 }, leading),
    file('one byte before the header', [0, ...plain], { leading_bytes: 1 }, leading),
    file('5,000 bytes before the header', [...Array(5000).fill(0x20), ...plain], { leading_bytes: 1 }, leading),
    file(
      'headers of HTTP before the header',
      [...ascii('HTTP/1.0 200 OK\r\nContent-Type: audio/midi\r\n\r\n'), ...plain],
      { leading_bytes: 1 },
      leading,
    ),
    file(
      'a RIFF RMID wrapper',
      riff(plain),
      { rmid_wrapper: 1 },
      'Microsoft RIFF MIDI: the data chunk is a Standard MIDI File',
    ),
    file('a header of 7 bytes', longHeader([0]), { header_length: 1 }, longer),
    file('a header of 10 bytes', longHeader([1, 2, 3, 4]), { header_length: 1 }, longer),
    file(
      'a header of length 0',
      [...plain.slice(0, 4), 0, 0, 0, 0, ...plain.slice(8)],
      { header_length: 1 },
      'its three words are there',
    ),
    file(
      'the tag mthd',
      [...ascii('mthd'), ...plain.slice(4)],
      { header_tag: 1 },
      'length and first track are where they should be',
    ),
    file(
      'format 3',
      [...plain.slice(0, 9), 3, ...plain.slice(10)],
      { unknown_format: 1 },
      'players take it for format 1',
    ),
    file(
      'zeros at the end',
      [...plain, ...Array(512).fill(0)],
      {},
      'all tracks are there; players ignore what follows',
    ),
    file(
      'an ID3 tag at the end',
      [...plain, ...ascii('TAG'), ...Array(125).fill(0x20)],
      {},
      'all tracks are there; players ignore what follows',
    ),
    file(
      'one track more than promised',
      fileOf(parts, { format, trackCount: count - 1 }),
      { extra_tracks: 1 },
      'a track is a chunk of the file, counted or not',
    ),
    file(
      'no track promised',
      fileOf(parts, { format, trackCount: 0 }),
      { extra_tracks: count },
      'a track is a chunk of the file, counted or not',
    ),
    file(
      'two tracks fewer than promised',
      fileOf(parts, { format, trackCount: count + 2 }),
      { missing_tracks: 2 },
      'what is there is the piece',
    ),
    file(
      '65,535 tracks promised',
      fileOf(parts, { format, trackCount: 65_535 }),
      { missing_tracks: 65_535 - count },
      'what is there is the piece',
    ),
    file(
      'the end cut off',
      [
        ...fileOf(parts.slice(0, -1), { format, trackCount: count }),
        ...trackOf(parts.at(-1) ?? { body: [], notes: [] }).slice(0, -END_OF_TRACK.length),
      ],
      { truncated_chunk: 1, missing_end_of_track: 1 },
      'what is there is read',
    ),
  ];
}
