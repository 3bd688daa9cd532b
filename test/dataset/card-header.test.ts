import { describe, expect, it } from 'vitest';
import { licenseLines } from '../../src/dataset/license-lines.ts';
import { mergeDataset } from '../../src/dataset/merge-dataset.ts';
import { OUTPUT_FORMATS } from '../../src/dataset/writers/output-format.ts';
import { readDatasetFile, runDirectory } from './run-directory.ts';
import { mergeInput } from './synthetic-run.ts';

describe('the licence of a card', () => {
  it.each([
    ['MIT', 'mit'],
    ['Apache-2.0', 'apache-2.0'],
    ['Apache 2.0', 'apache-2.0'],
    ['CC-BY-4.0', 'cc-by-4.0'],
    ['CC BY-NC-SA 4.0', 'cc-by-nc-sa-4.0'],
    ['GPL-3.0-or-later', 'gpl-3.0'],
    ['LGPL-2.1-only', 'lgpl-2.1'],
    ['ODbL-1.0', 'odbl'],
    ['ODC-By-1.0', 'odc-by'],
    ['PDDL-1.0', 'pddl'],
    ['GFDL-1.3-or-later', 'gfdl'],
    ['CC-BY-4.0 https://creativecommons.org/licenses/by/4.0/', 'cc-by-4.0'],
    ['other', 'other'],
  ])('%s is %s to the Hub', (given, id) => {
    expect(licenseLines(given)).toEqual([`license: ${id}`]);
  });

  it.each([
    ['CC-BY-4.0-extra', ['license: other', 'license_name: "cc-by-4.0-extra"']],
    ['Our Lab’s Licence, v2', ['license: other', 'license_name: "our-lab-s-licence-v2"']],
    [
      'Lab licence https://example.org/LICENCE',
      ['license: other', 'license_name: "lab-licence"', 'license_link: "https://example.org/LICENCE"'],
    ],
    [
      'https://example.org/LICENCE',
      ['license: other', 'license_name: "example.org-licence"', 'license_link: "https://example.org/LICENCE"'],
    ],
    ['"\n---\nevil: true', ['license: other', 'license_name: "evil-true"']],
    ['許可', ['license: other', 'license_name: "unnamed"']],
  ])('%s is one that the Hub does not know', (given, lines) => {
    expect(licenseLines(given)).toEqual(lines);
  });
});

describe('the header of a card', () => {
  it.each(OUTPUT_FORMATS)(
    'of a data set in %s says where the rows are and of which types, or nothing',
    async (format) => {
      const outputDir = runDirectory();
      await mergeDataset(mergeInput({ total: 3 }, outputDir, { formats: [format] }));
      const [, header = ''] = readDatasetFile(outputDir, 'README.md').split('---\n');
      const isLoadable = !['msgpack', 'npy', 'miditok', 'packed', 'amt'].includes(format);
      expect(header.includes('configs:')).toBe(isLoadable);
      expect(header.includes('dataset_info:\n  features:\n  - name: ')).toBe(isLoadable);
      if (isLoadable) expect(header).toMatch(/num_examples: 3\n {2}download_size: [1-9]\d*\n/);
    },
  );
});
