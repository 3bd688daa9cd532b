import { Option as Flag } from 'commander';
import { type Option, parseOption, Refused } from '../../config/option.ts';

/** A flag that commander hands over parsed. */
export function parsedFlag<Value>(name: string, option: Option<Value>): Flag {
  return new Flag(`--${name} <${option.placeholder}>`, option.help).argParser((text) =>
    parseOption(option, `--${name}`, text),
  );
}

/** A text of a certain form, which is passed on as it is. */
export function matching(placeholder: string, help: string, form: RegExp, allowed: string): Option<string> {
  return {
    help,
    placeholder,
    default: '',
    parse: (value) => {
      if (typeof value === 'string' && form.test(value)) return value;
      throw new Refused(allowed);
    },
  };
}
