import { ascii, meta } from '../../test/midi/smf-bytes.ts';
import { fileOf, lead, melody } from './music.ts';
import { type OddFile, oddFile } from './odd-file.ts';

interface EncodedText {
  readonly encoding: string;
  readonly text: string;
  readonly bytes: readonly number[];
}

/** Texts as files hold them; the bytes were made with iconv. */
const TEXTS: readonly EncodedText[] = [
  {
    encoding: 'shift_jis',
    text: 'ピアノ右手とストリングス',
    bytes: hex('8373 8341 836d 8945 8ee8 82c6 8358 8367 838a 8393 834f 8358'),
  },
  { encoding: 'shift_jis', text: 'エレキギター', bytes: hex('8347 838c 834c 834d 835e 815b') },
  {
    encoding: 'windows-1252',
    text: 'Violão e percussão',
    bytes: [...ascii('Viol'), 0xe3, ...ascii('o e percuss'), 0xe3, 0x6f],
  },
  {
    encoding: 'windows-1252',
    text: 'Flöte für Anfänger',
    bytes: [...ascii('Fl'), 0xf6, ...ascii('te f'), 0xfc, ...ascii('r Anf'), 0xe4, ...ascii('nger')],
  },
  { encoding: 'windows-1252', text: '© 1998 Café', bytes: [0xa9, ...ascii(' 1998 Caf'), 0xe9] },
  { encoding: 'gb18030', text: '钢琴左手和弦乐合奏', bytes: hex('b8d6 c7d9 d7f3 cad6 bacd cfd2 c0d6 bacf d7e0') },
  {
    encoding: 'windows-1251',
    text: 'Подмосковные вечера',
    bytes: hex('cf ee e4 ec ee f1 ea ee e2 ed fb e5 20 e2 e5 f7 e5 f0 e0'),
  },
];

/** Names and lyrics that are not UTF-8. */
export function textFaults(): readonly OddFile[] {
  return [...TEXTS.map(named), ...wide(), ...utf8(), stated('{@JP}', TEXTS[1]), stated('{@LATIN}', TEXTS[4])];
}

function named({ encoding, text, bytes }: EncodedText): OddFile {
  return withName(`a name in ${encoding}: ${text}`, bytes, text, { text_encoding: 1 }, `its bytes are ${encoding}`);
}

function withName(
  name: string,
  bytes: readonly number[],
  text: string,
  repairs: OddFile['repairs'],
  why: string,
): OddFile {
  const part = melody({ ...lead, isRunning: true });
  return oddFile(name, fileOf([{ body: [...meta(3, bytes), ...part.body], notes: part.notes }]), {
    wrong: name,
    why,
    notes: part.notes,
    names: [text],
    repairs,
  });
}

function wide(): readonly OddFile[] {
  const text = 'Klavier';
  const little = ascii(text).flatMap((byte) => [byte, 0]);
  const big = ascii(text).flatMap((byte) => [0, byte]);
  const why = 'Unicode: UTF-16, by its byte order mark or its zeros';
  return [
    withName('a name in UTF-16 with a mark, low byte first', [0xff, 0xfe, ...little], text, { text_encoding: 1 }, why),
    withName('a name in UTF-16 with a mark, high byte first', [0xfe, 0xff, ...big], text, { text_encoding: 1 }, why),
    withName('a name in UTF-16 without a mark, low byte first', little, text, { text_encoding: 1 }, why),
    withName('a name in UTF-16 without a mark, high byte first', big, text, { text_encoding: 1 }, why),
  ];
}

function utf8(): readonly OddFile[] {
  return ['Café', 'ピアノ', '钢琴', 'Фортепиано', '🎹'].map((text) =>
    withName(
      `a name in UTF-8: ${text}`,
      [...new TextEncoder().encode(text)],
      text,
      {},
      'what today’s programs write, and symusic reads',
    ),
  );
}

/** RP-026: the file says how its texts are encoded. */
function stated(tag: string, { text, bytes }: EncodedText = { encoding: '', text: '', bytes: [] }): OddFile {
  const part = melody({ ...lead, isRunning: true });
  const body = [...meta(5, ascii(tag)), ...meta(3, bytes), ...part.body];
  return oddFile(`${tag} says the encoding of ${text}`, fileOf([{ body, notes: part.notes }]), {
    wrong: 'a text in an encoding that the file says',
    why: 'RP-026, SMF lyric specification',
    notes: part.notes,
    repairs: { text_encoding: 1 },
  });
}

function hex(digits: string): readonly number[] {
  return [...digits.replaceAll(' ', '').matchAll(/../g)].map(([pair]) => Number.parseInt(pair, 16));
}
