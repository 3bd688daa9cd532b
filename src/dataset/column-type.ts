/** The types of the columns, which every format shows in its own way. Everything may be null. */
export type ColumnType = ScalarType | ListType | StructType;

export interface ScalarType {
  /** `id` is an unsigned 16-bit number that Parquet stores as an int32 behind a dictionary. */
  readonly kind: ScalarKind;
}
export type ScalarKind = 'boolean' | 'int32' | 'int64' | 'float' | 'double' | 'string' | 'id';

export interface ListType {
  readonly kind: 'list';
  readonly element: ColumnType;
}

export interface StructType {
  readonly kind: 'struct';
  readonly fields: readonly ColumnSchema[];
}

export interface ColumnSchema {
  readonly name: string;
  readonly type: ColumnType;
}

/** Of a value that is not what its column says; nothing is wrapped, rounded or left out to make it fit. */
export function typeMismatch(kind: ColumnType['kind'], value: unknown): TypeError {
  return new TypeError(
    `a column of type ${kind} cannot hold ${typeof value === 'object' ? 'an object' : String(value)}`,
  );
}

export function finiteNumber(kind: ScalarKind, value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw typeMismatch(kind, value);
  return value;
}

export function safeInteger(kind: ScalarKind, value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw typeMismatch(kind, value);
  return value;
}
