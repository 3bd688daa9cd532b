/** Licences that the Hugging Face Hub knows, by the ids that a card must use (hub-docs, repositories-licenses.md). */
const HUB_IDS: ReadonlySet<string> = new Set(
  `apache-2.0 mit openrail bigscience-openrail-m creativeml-openrail-m bigscience-bloom-rail-1.0 bigcode-openrail-m
  afl-3.0 artistic-2.0 bsl-1.0 bsd bsd-2-clause bsd-3-clause bsd-3-clause-clear c-uda cc cc0-1.0 cc-by-2.0 cc-by-2.5
  cc-by-3.0 cc-by-4.0 cc-by-sa-3.0 cc-by-sa-4.0 cc-by-nc-2.0 cc-by-nc-3.0 cc-by-nc-4.0 cc-by-nd-4.0 cc-by-nc-nd-3.0
  cc-by-nc-nd-4.0 cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0 cdla-sharing-1.0 cdla-permissive-1.0
  cdla-permissive-2.0 wtfpl ecl-2.0 epl-1.0 epl-2.0 etalab-2.0 eupl-1.1 agpl-3.0 gfdl gpl gpl-2.0 gpl-3.0 lgpl
  lgpl-2.1 lgpl-3.0 isc lppl-1.3c ms-pl mpl-2.0 odc-by odbl openrail++ osl-3.0 postgresql ofl-1.1 ncsa unlicense zlib
  pddl lgpl-lr deepfloyd-if-license llama2 gemma unknown other`.split(/\s+/),
);
/** Endings of SPDX ids that the Hub's have not: `GPL-3.0-or-later`, and the version of `ODbL-1.0`. */
const SPDX_ENDINGS = [/$/, /-(only|or-later)$/, /-\d[\d.]*(-(only|or-later))?$/];
const ADDRESS = /https?:\/\/\S+/;

/**
 * The licence in the header of a card: the Hub refuses an id that it does not know, also one in another case, and takes a
 * name and a link beside `other`. @param license - an SPDX id or any name, with or without an address.
 */
export function licenseLines(license: string): readonly string[] {
  const link = ADDRESS.exec(license)?.[0];
  const name = nameOf(license.replace(ADDRESS, '')) || nameOf(license);
  const id = SPDX_ENDINGS.map((ending) => name.replace(ending, '')).find((candidate) => HUB_IDS.has(candidate));
  if (id !== undefined) return [`license: ${id}`];
  return [
    'license: other',
    `license_name: ${JSON.stringify(name === '' ? 'unnamed' : name)}`,
    ...(link === undefined ? [] : [`license_link: ${JSON.stringify(link)}`]),
  ];
}

/** As the Hub's own names are: lower-case letters, digits, points and hyphens. */
function nameOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replaceAll(/[^a-z0-9.+]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
}
