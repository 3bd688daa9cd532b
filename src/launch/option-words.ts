import { type GivenOptions, isOptionName } from '../config/run-config.ts';
import { RUN_OPTIONS, snakeCase } from '../config/run-options.ts';

/** Options as words of a command line, `--batch_size=32`, from which `process` reads the same. */
export function optionWords(options: GivenOptions): readonly string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (!isOptionName(name) || value === undefined) return [];
    const flag = snakeCase(name);
    if (value === true) return [`--${flag}`];
    // What is of one call only is not remembered, and so need not be taken back.
    if (value === null || value === false) return RUN_OPTIONS[name].ofThisCall === true ? [] : [`--no_${flag}`];
    return [`--${flag}=${Array.isArray(value) ? value.join(',') : String(value)}`];
  });
}
