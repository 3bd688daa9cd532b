import { spawnSync } from 'node:child_process';
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appendingTo } from '../../src/cli/appending-to.ts';
import { readOptionSources } from '../../src/config/option-sources.ts';
import { readNamedFile } from '../../src/config/read-named-file.ts';
import { chosenTokenizer } from '../../src/pipeline/choose/chosen-tokenizer.ts';
import { processedElsewhere } from '../../src/run-directory/exemptions.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = temporaryFolder('config-file');
const fifo = join(folder, 'fifo');
const hasFifo = spawnSync('mkfifo', [fifo]).status === 0;

function fromFile(configFile: string) {
  return readOptionSources({ flags: {}, environment: {}, configFile });
}

function written(content: string): string {
  const file = join(folder, 'options.json');
  writeFileSync(file, content);
  return file;
}

describe('an option that nobody knows', () => {
  it.each([
    ['{"tokeniser": "remi"}', /^Unknown option in \S+options\.json: "tokeniser", did you mean tokenizer\?$/],
    ['{"BATCH_SIZE": 3}', /: "BATCH_SIZE", did you mean batch_size\?$/],
    [
      '{"batch": 3, "out_put_dir": "x"}',
      /: "batch"; "out_put_dir", did you mean output_dir\?\. Known are mode, input_file, /,
    ],
  ])('of %s is named with the nearest one', (content, message) => {
    expect(() => fromFile(written(content))).toThrow(message);
  });

  it('brings the names of the others once, without the file', () => {
    const file = written('{"colour": "blue"}');
    expect(() => fromFile(file)).toThrow(expect.objectContaining({ code: 'unknown_option' }));
    try {
      fromFile(file);
    } catch (error) {
      expect(String(error).split(file)).toHaveLength(2);
      expect(String(error).split('input_file')).toHaveLength(2);
    }
  });
});

/** What would be waited for for ever, or read without end. */
const endless = [...(hasFifo ? [fifo] : []), ...(existsSync('/dev/zero') ? ['/dev/zero'] : []), folder];

describe.each(endless)('%s in the place of a file', (path) => {
  const reason = /it is a folder, a pipe or a device, not a regular file|EISDIR|ENXIO/;

  it('is refused as a configuration, a tokenizer and a checkpoint of another program', () => {
    expect(() => fromFile(path)).toThrow(reason);
    expect(() => chosenTokenizer({ tokenizer: 'remi', tokenizerConfig: path })).toThrow(reason);
    expect(() => processedElsewhere(path)).toThrow(reason);
  });

  it.skipIf(path === '/dev/zero')('is refused as a log file', () => {
    expect(() => appendingTo(path, () => {})).toThrow(expect.objectContaining({ code: 'log_unwritable' }));
  });
});

describe('a file that the user named', () => {
  it('may be a link, and may not be larger than is read', () => {
    const link = join(folder, 'link.json');
    symlinkSync(written('{"batch_size": 7}'), link);
    expect(fromFile(link)).toEqual({ batchSize: 7 });
    expect(() => readNamedFile(link, 5)).toThrow('it has 17 bytes; at most 5 are read');
  });
});
