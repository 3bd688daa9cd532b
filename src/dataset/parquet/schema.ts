import type { ColumnSchema, ScalarKind } from '../column-type.ts';

/** Parquet's physical types (`Type` of parquet.thrift). */
export const PHYSICAL_TYPE: Readonly<Record<ScalarKind, number>> = {
  boolean: 0,
  int32: 1,
  int64: 2,
  float: 4,
  double: 5,
  string: 6,
  id: 1,
};

/** One element of a Parquet schema, depth first. */
export interface SchemaElement {
  readonly name: string;
  readonly repetition: 'required' | 'optional' | 'repeated';
  /** `undefined` for a group. */
  readonly scalar: ScalarKind | undefined;
  readonly isList: boolean;
  readonly children: number;
}

/** The schema of a file. Lists have the three levels of LogicalTypes.md: `<name> (LIST) / list / element`. */
export function schemaElements(columns: readonly ColumnSchema[]): readonly SchemaElement[] {
  const root: SchemaElement = {
    name: 'schema',
    repetition: 'required',
    scalar: undefined,
    isList: false,
    children: columns.length,
  };
  return [root, ...columns.flatMap(elementsOf)];
}

function elementsOf({ name, type }: ColumnSchema): readonly SchemaElement[] {
  const optional = { name, repetition: 'optional', scalar: undefined, isList: false } as const;
  switch (type.kind) {
    case 'list': {
      const repeated = { name: 'list', repetition: 'repeated', scalar: undefined, isList: false, children: 1 } as const;
      return [
        { ...optional, isList: true, children: 1 },
        repeated,
        ...elementsOf({ name: 'element', type: type.element }),
      ];
    }
    case 'struct':
      return [{ ...optional, children: type.fields.length }, ...type.fields.flatMap(elementsOf)];
    default:
      return [{ ...optional, scalar: type.kind, children: 0 }];
  }
}
