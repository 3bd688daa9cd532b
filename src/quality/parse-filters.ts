import { ConfigError } from '../errors.ts';
import { FILTER_FIELDS, type FilterField, METADATA_PREFIX, metadataField } from './filter-fields.ts';
import { PRESETS } from './presets.ts';

const COMPARISONS = ['>=', '<=', '!=', '=', '>', '<'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** A condition that a row must meet. */
export interface Filter {
  /** As it was written, without spaces around the comparison: names the filter everywhere. */
  readonly name: string;
  readonly field: FilterField;
  readonly comparison: Comparison;
  /** A number; or texts, one of which `=` wants and none of which `!=` does. */
  readonly wanted: number | readonly string[];
}

const CONDITION = /^([a-z][a-z0-9_.]*|metadata\.(?:"[^"]+"|[^<>=!"]*[^<>=!"\s]))\s*(>=|<=|!=|==|=|>|<)\s*([^<>=!].*)$/;

/**
 * Reads conditions and presets: `n_notes>=50,notes_per_second<=20,text_dominant_script=Latin|Han,aria-midi`. Names are
 * those of `FILTER_FIELDS`, or `metadata.` and a field of the manifest or a dotted path: `metadata.year>=1990`. What has a
 * comma or a bar in it stands in double quotes: `metadata.composer="Bach, J. S."`. The same condition twice counts once.
 *
 * @throws ConfigError `invalid_filter` that says what is wrong with which condition, and what would do.
 */
export function parseFilters(text: string): readonly Filter[] {
  const filters = new Map<string, Filter>();
  for (const item of splitOutsideQuotes(text, ',')) {
    const preset = PRESETS.get(item);
    for (const condition of preset === undefined ? [item] : preset.conditions) {
      const filter = parseCondition(condition);
      filters.set(filter.name, filter);
    }
  }
  return [...filters.values()];
}

function parseCondition(text: string): Filter {
  const [, fieldName = '', sign = '', value = ''] = CONDITION.exec(text) ?? [];
  const comparison = COMPARISONS.find((known) => known === (sign === '==' ? '=' : sign));
  if (comparison === undefined) {
    const presets = [...PRESETS.keys()].join(', ');
    throw invalid(text, `Use a condition such as n_notes>=50, or a preset (${presets}).`);
  }
  const field = fieldNamed(fieldName);
  if (field === undefined) throw invalid(text, `${fieldName} is no field; ${knownFields(fieldName)}.`);
  const isEquality = comparison === '=' || comparison === '!=';
  const isNumber = field.type === 'number' || (field.type === 'either' && !isEquality);
  const wanted = isNumber ? wantedNumber(text, value) : wantedTexts(text, value, comparison);
  return { name: `${fieldName}${comparison}${value}`, field, comparison, wanted };
}

function fieldNamed(name: string): FilterField | undefined {
  if (!name.startsWith(METADATA_PREFIX)) return FILTER_FIELDS.get(name);
  const own = unquoted(name.slice(METADATA_PREFIX.length));
  return own === '' ? undefined : metadataField(own);
}

/** Fields of a map are named for one who begins with its name. */
function knownFields(fieldName: string): string {
  const [map = ''] = fieldName.split('.');
  const names = [...FILTER_FIELDS.keys()];
  const inMap = names.filter((name) => name.startsWith(`${map}.`));
  const shown = inMap.length > 0 ? [map, ...inMap] : names.filter((name) => !name.includes('.'));
  return `known are ${shown.join(', ')}; a field of the manifest is named as in ${METADATA_PREFIX}genre=jazz`;
}

function wantedNumber(condition: string, value: string): number {
  const number = value === 'true' ? 1 : value === 'false' ? 0 : Number(value);
  if (!Number.isFinite(number)) throw invalid(condition, `${value} is not a number.`);
  return number;
}

function wantedTexts(condition: string, value: string, comparison: Comparison): readonly string[] {
  if (comparison !== '=' && comparison !== '!=') throw invalid(condition, 'Text is compared by = or != only.');
  return splitOutsideQuotes(value, '|').map(unquoted);
}

/** The parts of a text, trimmed; a separator between double quotes is none. */
function splitOutsideQuotes(text: string, separator: ',' | '|'): readonly string[] {
  const parts = [''];
  let isQuoted = false;
  for (const letter of text) {
    if (letter === '"') isQuoted = !isQuoted;
    if (letter === separator && !isQuoted) parts.push('');
    else parts[parts.length - 1] += letter;
  }
  if (isQuoted) throw invalid(text, 'A double quote is not closed; one that is meant is written "" between quotes.');
  return parts.map((part) => part.trim());
}

/** Without the quotes around it, if it has them; `""` between them is one. */
function unquoted(text: string): string {
  return /^".*"$/s.test(text) ? text.slice(1, -1).replaceAll('""', '"') : text;
}

function invalid(condition: string, why: string): ConfigError {
  return new ConfigError('invalid_filter', `Cannot use the filter ${JSON.stringify(condition)}. ${why}`);
}

/** Whether a filter asks for what only the manifest has. */
export function needsMetadata(filters: readonly Filter[]): boolean {
  return filters.some(({ field }) => field.name.startsWith(METADATA_PREFIX));
}
