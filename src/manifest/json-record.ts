import { jsonFaultAt } from './json-fault.ts';
import { endOfString } from './json-value.ts';
import type { ManifestLimits } from './limits.ts';
import { excerpt, ManifestFault } from './manifest-fault.ts';
import { isPlainObject, type ManifestRecord } from './pair.ts';
import type { RecordBlock, Span } from './record-reader.ts';
import { requireUtf8 } from './utf8.ts';

const QUOTE = 0x22;

/** Parses one JSON object and makes it harmless. Of duplicate keys the last counts, as everywhere in JavaScript. */
export function decodeJsonRecord(block: RecordBlock, span: Span, limits: ManifestLimits): ManifestRecord {
  const { bytes, base } = block;
  const { start, end } = span;
  requireUtf8(block, span);
  if (end - start > limits.maxMetadataBytes) requireFewTokens(block, span, limits.maxMetadataBytes);
  const record = parse(bytes, start, end, base);
  if (!isPlainObject(record)) {
    const seen = `${nameOf(record)}: ${excerpt(bytes, start, end)}`;
    throw new ManifestFault(base + start, `a record must be a JSON object like {"midi_file": …}, but here is ${seen}`);
  }
  if (!isHarmless(record, limits.maxDepth)) {
    throw new ManifestFault(base + start, `the record is nested more than ${limits.maxDepth} levels deep; flatten it`);
  }
  return record;
}

/**
 * What is outside strings is neither text nor path, so it counts as metadata. Looked at before parsing: 16 MiB of
 * brackets became a gigabyte of arrays.
 */
function requireFewTokens({ bytes, base }: RecordBlock, { start, end }: Span, maxBytes: number): void {
  let outside = 0;
  for (let at = start; at < end; at++) {
    outside++;
    if (bytes[at] === QUOTE) at = endOfString(bytes, at) - 1;
    if (at < start) return; // Not closed: no JSON, which the parser says better.
    if (outside > maxBytes) {
      throw new ManifestFault(base + start, `the record has more than ${maxBytes} bytes of metadata; shorten it`);
    }
  }
}

function parse(bytes: Buffer, start: number, end: number, base: number): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', start, end));
  } catch {
    // The message of JSON.parse differs between versions of Node and often lacks the place.
    const at = start + jsonFaultAt(bytes.subarray(start, end));
    const seen = at < end ? `${excerpt(bytes, at, end)} cannot be here` : 'the record ends too early';
    throw new ManifestFault(base + at, `not valid JSON: ${seen}`);
  }
}

/**
 * Removes every `__proto__` key, which changes the prototype of whatever it is later assigned to, and says whether the
 * value is nested at most `levels` deep.
 */
function isHarmless(value: object, levels: number): boolean {
  if (levels === 0) return false;
  if (Object.hasOwn(value, '__proto__')) Reflect.deleteProperty(value, '__proto__');
  for (const child of Object.values(value)) {
    if (typeof child === 'object' && child !== null && !isHarmless(child, levels - 1)) return false;
  }
  return true;
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
