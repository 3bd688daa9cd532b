import { type Cell, CompoundIds, isList } from '../cell.ts';
import { type ColumnSchema, type ColumnType, typeMismatch } from '../column-type.ts';
import { misplaced, structOf } from '../struct-of.ts';
import { LeafColumn, type LeafPlace } from './leaf-column.ts';
import type { Scalar } from './value-range.ts';

/**
 * Takes the cells of one column apart into its leaves, with definition and repetition levels (Melnik et al., Dremel, VLDB 2010).
 * Every group and scalar is optional, so that a definition level counts what is present on the way down.
 */
export interface Shredder {
  readonly leaves: readonly LeafColumn[];
  add(cell: Cell): void;
}

export function shredderOf({ name, type }: ColumnSchema): Shredder {
  const leaves: LeafColumn[] = [];
  const node = nodeOf(type, [name], 0, 0, leaves);
  return { leaves, add: (cell) => node.add(cell, 0, 0) };
}

/** A place in the schema. `definition`: groups present above it; `repetition`: that of the next slot. */
interface Node {
  add(cell: Cell | undefined, definition: number, repetition: number): void;
  addNull(definition: number, repetition: number): void;
}

function nodeOf(
  type: ColumnType,
  path: readonly string[],
  definition: number,
  repetition: number,
  leaves: LeafColumn[],
): Node {
  switch (type.kind) {
    case 'struct': {
      const fields = type.fields.map((field): [string, Node] => [
        field.name,
        nodeOf(field.type, [...path, field.name], definition + 1, repetition, leaves),
      ]);
      return new StructNode(path, fields);
    }
    case 'list': {
      const inside = nodeOf(type.element, [...path, 'list', 'element'], definition + 2, repetition + 1, leaves);
      return new ListNode(path, inside, repetition + 1);
    }
    default: {
      const leaf = new LeafColumn({
        path,
        kind: type.kind,
        maxDefinition: definition + 1,
        maxRepetition: repetition,
      });
      leaves.push(leaf);
      return new ScalarNode(leaf);
    }
  }
}

class ScalarNode implements Node {
  readonly leaf: LeafColumn;

  constructor(leaf: LeafColumn) {
    this.leaf = leaf;
  }

  add(cell: Cell | undefined, definition: number, repetition: number): void {
    if (cell === null || cell === undefined) {
      this.leaf.addNull(definition, repetition);
      return;
    }
    this.leaf.addValue(scalarOf(cell, this.leaf.place), repetition);
  }

  addNull(definition: number, repetition: number): void {
    this.leaf.addNull(definition, repetition);
  }
}

class StructNode implements Node {
  readonly #path: readonly string[];
  readonly #fields: readonly (readonly [string, Node])[];
  readonly #names: ReadonlySet<string>;

  constructor(path: readonly string[], fields: readonly (readonly [string, Node])[]) {
    this.#path = path;
    this.#fields = fields;
    this.#names = new Set(fields.map(([name]) => name));
  }

  add(cell: Cell | undefined, definition: number, repetition: number): void {
    if (cell === null || cell === undefined) {
      this.addNull(definition, repetition);
      return;
    }
    const struct = structOf(cell, this.#names, this.#path);
    for (const [name, node] of this.#fields) node.add(struct[name], definition + 1, repetition);
  }

  addNull(definition: number, repetition: number): void {
    for (const [, node] of this.#fields) node.addNull(definition, repetition);
  }
}

class ListNode implements Node {
  readonly #path: readonly string[];
  readonly #element: Node;
  /** Repetition level of every element but the first. */
  readonly #inner: number;

  constructor(path: readonly string[], element: Node, inner: number) {
    this.#path = path;
    this.#element = element;
    this.#inner = inner;
  }

  add(cell: Cell | undefined, definition: number, repetition: number): void {
    if (cell === null || cell === undefined) this.#element.addNull(definition, repetition);
    else if (ArrayBuffer.isView(cell)) this.#addNumbers(cell, definition, repetition);
    else if (cell instanceof CompoundIds) this.#addCompound(cell, definition, repetition);
    else if (!isList(cell)) throw misplaced(this.#path, 'a list');
    else if (cell.length === 0) this.#element.addNull(definition + 1, repetition);
    else {
      let next = repetition;
      for (const element of cell) {
        this.#element.add(element, definition + 2, next);
        next = this.#inner;
      }
    }
  }

  addNull(definition: number, repetition: number): void {
    this.#element.addNull(definition, repetition);
  }

  #addNumbers(numbers: Uint16Array | Int32Array | Float32Array, definition: number, repetition: number): void {
    if (numbers.length === 0) {
      this.#element.addNull(definition + 1, repetition);
      return;
    }
    if (!(this.#element instanceof ScalarNode)) throw misplaced(this.#path, 'a list of numbers');
    const { leaf } = this.#element;
    leaf.values.pushAll(numbers);
    leaf.addLevels(numbers.length, repetition, this.#inner);
  }

  /** As a list of lists, without an object for each of them. */
  #addCompound({ ids, columns }: CompoundIds, definition: number, repetition: number): void {
    if (ids.length === 0) {
      this.#element.addNull(definition + 1, repetition);
      return;
    }
    const rows = this.#element;
    if (!(rows instanceof ListNode) || !(rows.#element instanceof ScalarNode)) {
      throw misplaced(this.#path, 'a list of lists of ids');
    }
    const { leaf } = rows.#element;
    leaf.values.pushAll(ids);
    for (let at = 0; at < ids.length; at += columns) {
      leaf.addLevels(columns, at === 0 ? repetition : this.#inner, rows.#inner);
    }
  }
}

function scalarOf(cell: Exclude<Cell, null>, { kind }: LeafPlace): Scalar {
  if (typeof cell === 'object') throw typeMismatch(kind, cell);
  return cell;
}
