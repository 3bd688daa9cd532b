import { ConfigError } from '../errors.ts';
import { fieldNames } from './field-names.ts';
import type { InputFacts } from './input-facts.ts';
import type { InputOptions } from './input-options.ts';

/**
 * Refuses an input that can give no row, before any work: no record names a MIDI file, or none has a text where that is
 * wanted.
 *
 * @throws ConfigError `fields_missing`; `manifest_invalid` where no record can be read
 */
export function requireFields(facts: InputFacts, options: InputOptions): void {
  const { inputFile } = options;
  const names = fieldNames(options);
  if (facts.broken.size === facts.records) {
    throw new ConfigError('manifest_invalid', `${inputFile}: no record can be read; ${facts.firstBroken ?? ''}`);
  }
  const has = `its fields are ${facts.fieldNames() || '(none)'}`;
  if (facts.withMidi === 0) {
    throw new ConfigError(
      'fields_missing',
      `${inputFile}: no record has a MIDI file under ${names.midi.join(', ')}; ${has}. ` +
        'Name the right one by --midi_field (a name, or a path such as files.midi).',
    );
  }
  if (facts.withText === 0 && options.textOptional === false) {
    const looked = [...names.text, ...names.textFile].join(', ');
    throw new ConfigError(
      'fields_missing',
      `${inputFile}: no record has a text (looked for ${looked}, and in a folder for .txt files); ${has}. Name the ` +
        'right one by --text_field, or give --captions optional (or --text_encoder none) for MIDI without text.',
    );
  }
}
