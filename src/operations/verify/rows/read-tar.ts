import { open } from 'node:fs/promises';
import { TAR_BLOCK } from '../../../dataset/tar.ts';

export interface TarMember {
  readonly name: string;
  readonly content: Buffer;
}

/** Larger than any row; a size beyond it is damage, and not to be believed before anything is reserved for it. */
const MAX_MEMBER_BYTES = 1 << 30;
const END = Buffer.alloc(TAR_BLOCK);

/** The regular files of an archive in their order. @throws Error where it is damaged. */
export async function* readTar(path: string): AsyncGenerator<TarMember> {
  const file = await open(path);
  try {
    const { size: fileBytes } = await file.stat();
    for (let at = 0; at < fileBytes; ) {
      const header = Buffer.alloc(TAR_BLOCK);
      await file.read(header, 0, TAR_BLOCK, at);
      at += TAR_BLOCK;
      if (header.equals(END)) return;
      const { name, sizeBytes } = readHeader(header);
      if (sizeBytes > MAX_MEMBER_BYTES || at + sizeBytes > fileBytes) throw new Error(`${name} is cut off`);
      const content = Buffer.alloc(sizeBytes);
      await file.read(content, 0, sizeBytes, at);
      at += Math.ceil(sizeBytes / TAR_BLOCK) * TAR_BLOCK;
      yield { name, content };
    }
    throw new Error('the archive has no end');
  } finally {
    await file.close();
  }
}

function readHeader(header: Buffer): { readonly name: string; readonly sizeBytes: number } {
  const text = (from: number, length: number): string =>
    header.toString('latin1', from, from + length).replace(/\0.*$/s, '');
  const stated = Number.parseInt(text(148, 8), 8);
  // The checksum counts itself as spaces.
  const sum = header.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  const sizeBytes = Number.parseInt(text(124, 12), 8);
  if (sum !== stated || !Number.isSafeInteger(sizeBytes)) throw new Error('a header of the archive is damaged');
  return { name: text(0, 100), sizeBytes };
}
