import { isPlainObject } from './manifest-record.ts';

/** The value under a name, or under a dotted path where no field has the whole as its name. */
export function valueAt(record: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(record, name)) return record[name];
  if (!name.includes('.')) return undefined;
  let value: unknown = record;
  for (const step of name.split('.')) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isPlainObject(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}
