import { requireUtf8 } from '../bytes/utf8.ts';
import type { ManifestLimits } from '../limits.ts';
import { excerpt, ManifestFault } from '../manifest-fault.ts';
import { isPlainObject } from '../manifest-record.ts';
import { withExactNumbers } from './exact-numbers.ts';
import type { ByteBlock, Span } from './frame-blocks.ts';
import type { DecodedRecord } from './framed-reader.ts';
import { jsonFaultAt } from './json-fault.ts';
import { endOfString } from './json-value.ts';
import type { Loss } from './record-reader.ts';

const QUOTE = 0x22;
const NEGATIVE_EXPONENT = /\d[eE]-/;

/** Parses one JSON object and makes it harmless. Of duplicate keys the last counts, as everywhere in JavaScript. */
export function decodeJsonRecord(block: ByteBlock, span: Span, limits: ManifestLimits): DecodedRecord {
  const { bytes, base } = block;
  const { start, end } = span;
  requireUtf8(block, span);
  if (end - start > limits.maxMetadataBytes) requireFewTokens(block, span, limits.maxMetadataBytes);
  const text = bytes.toString('utf8', start, end);
  const first = parse(text);
  if (first === undefined) throw notJson(bytes, start, end, base);
  if (!isPlainObject(first.value)) {
    const seen = `${nameOf(first.value)}: ${excerpt(bytes, start, end)}`;
    throw new ManifestFault(base + start, `a record must be a JSON object like {"midi_file": …}, but here is ${seen}`);
  }
  return madeHarmless(first.value, text, limits, base + start);
}

/** Looks through a record once; only one with a number that may have lost digits is parsed again. */
function madeHarmless(record: Record<string, unknown>, text: string, limits: ManifestLimits, offset: number) {
  const findings: Findings = { prototypeKey: false, inexact: false, zero: false };
  if (!inspect(record, limits.maxDepth, findings)) {
    throw new ManifestFault(offset, `the record is nested more than ${limits.maxDepth} levels deep; flatten it`);
  }
  const losses: Loss[] = findings.prototypeKey ? ['prototype key'] : [];
  const isExact = !findings.inexact && !(findings.zero && NEGATIVE_EXPONENT.test(text));
  const exact = isExact ? text : withExactNumbers(text);
  if (exact === text) return losses.length === 0 ? { record } : { record, losses };
  const second = parse(exact)?.value;
  if (!isPlainObject(second)) throw new ManifestFault(offset, 'the record has a number that cannot be read');
  inspect(second, limits.maxDepth, findings);
  losses.push('number');
  return { record: second, losses };
}

/**
 * What is outside strings is neither text nor path, so it counts as metadata. Looked at before parsing: 16 MiB of
 * brackets became a gigabyte of arrays.
 */
function requireFewTokens({ bytes, base }: ByteBlock, { start, end }: Span, maxBytes: number): void {
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

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined; // The message of JSON.parse differs between versions of Node and often lacks the place.
  }
}

function notJson(bytes: Buffer, start: number, end: number, base: number): ManifestFault {
  const at = start + jsonFaultAt(bytes.subarray(start, end));
  const seen = at < end ? `${excerpt(bytes, at, end)} cannot be here` : 'the record ends too early';
  return new ManifestFault(base + at, `not valid JSON: ${seen}`);
}

interface Findings {
  prototypeKey: boolean;
  /** A number that may stand for several. */
  inexact: boolean;
  zero: boolean;
}

/**
 * Removes every `__proto__` key, which changes the prototype of whatever it is later assigned to, and says whether the
 * value is nested at most `levels` deep.
 */
function inspect(value: object, levels: number, findings: Findings): boolean {
  if (levels === 0) return false;
  if (Object.hasOwn(value, '__proto__')) {
    Reflect.deleteProperty(value, '__proto__');
    findings.prototypeKey = true;
  }
  for (const child of Object.values(value)) {
    if (typeof child === 'number') {
      if (child === 0) findings.zero = true;
      else if (!(Math.abs(child) <= Number.MAX_SAFE_INTEGER)) findings.inexact = true;
    } else if (typeof child === 'object' && child !== null && !inspect(child, levels - 1, findings)) return false;
  }
  return true;
}

function nameOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
