import { crc32 } from 'node:zlib';
import type { CaptionChoice } from './input-options.ts';
import { isPlainObject, type ManifestRecord } from './manifest-record.ts';
import type { PairFault } from './pair.ts';

/** One of the captions of a record; `index` is its place in a list of captions. */
export interface Caption {
  readonly text: string | undefined;
  readonly index: number | undefined;
  readonly fault?: PairFault | undefined;
}

export const NO_CAPTION: readonly Caption[] = [{ text: undefined, index: undefined }];

export interface CaptionRule {
  readonly choice: CaptionChoice;
  readonly seed: number;
  /** Names of a text, for a list of objects. */
  readonly names: readonly string[];
}

/**
 * The captions of a record that become pairs; at least one.
 *
 * @param value - a text or a list
 * @param key - what the lot is drawn by, so that a record keeps its caption wherever it stands
 */
export function chooseCaptions(value: unknown, key: string, rule: CaptionRule): readonly Caption[] {
  if (!Array.isArray(value)) return [{ text: typeof value === 'string' ? value : undefined, index: undefined }];
  if (value.length === 0) return NO_CAPTION;
  const captions = value.map((element, index) => captionOf(element, index, rule.names));
  if (rule.choice === 'all') return captions;
  const usable = captions.filter(({ text }) => text !== undefined && text.trim() !== '');
  const [first = captions[0]] = usable;
  if (first === undefined) return NO_CAPTION;
  switch (rule.choice) {
    case 'first':
      return [first];
    case 'random':
      return [usable[crc32(`${rule.seed}/${key}`) % Math.max(1, usable.length)] ?? first];
    case 'join':
      return [
        { ...first, text: usable.length === 0 ? first.text : usable.map(({ text }) => text).join('\n'), index: 0 },
      ];
  }
}

function captionOf(element: unknown, index: number, names: readonly string[]): Caption {
  if (typeof element === 'string') return { text: element, index };
  if (element === null) return { text: '', index };
  const inner = isPlainObject(element) ? textIn(element, names) : undefined;
  if (inner !== undefined) return { text: inner, index };
  return { text: undefined, index, fault: notText(`caption ${index} of the list`, element) };
}

function textIn(record: ManifestRecord, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = Object.hasOwn(record, name) ? record[name] : undefined;
    if (typeof value === 'string') return value;
  }
  return undefined;
}

export function notText(what: string, value: unknown): PairFault {
  return { code: 'text_not_text', error: `${what} is ${kindOf(value)}, not a text` };
}

export function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return `the ${typeof value} ${JSON.stringify(value)}`;
}
