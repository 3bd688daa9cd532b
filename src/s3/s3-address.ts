import { join, resolve } from 'node:path';
import { ConfigError } from '../errors.ts';

/** A place in a bucket: a prefix, or one object. */
export interface S3Address {
  readonly bucket: string;
  /** Without a slash at either end; empty for the whole bucket. */
  readonly key: string;
}

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

export function isS3Address(text: string): boolean {
  return /^s3:\/\//i.test(text);
}

/** @throws ConfigError `invalid_s3_address`, which does not repeat what may be a secret. */
export function parseS3Address(text: string): S3Address {
  const refused = (what: string): ConfigError =>
    new ConfigError('invalid_s3_address', `${what}; write s3://BUCKET/PREFIX, and give keys by the variables of AWS.`);
  const [bucket = '', ...names] = text.replace(/^s3:\/\//i, '').split('/');
  if (bucket.includes('@')) throw refused('An address s3:// takes no user name and no password');
  if (!BUCKET.test(bucket)) throw refused(`${JSON.stringify(bucket)} is no name of a bucket`);
  const key = names.join('/').replace(/\/+$/, '');
  if (key !== '' && key.split('/').some((name) => name === '' || name === '.' || name === '..')) {
    throw refused(`${JSON.stringify(key)} has a part that is empty, "." or ".."`);
  }
  if (/\p{Cc}/u.test(key)) throw refused('The prefix has a control character in it');
  return { bucket, key };
}

export function s3Text({ bucket, key }: S3Address): string {
  return key === '' ? `s3://${bucket}` : `s3://${bucket}/${key}`;
}

/** What lies under a name below a place, which is a folder or an address in a bucket. */
export function joinPlace(place: string, ...names: readonly string[]): string {
  return isS3Address(place) ? [place.replace(/\/+$/, ''), ...names].join('/') : join(place, ...names);
}

/** A place as it is named from anywhere: an absolute path, or an address in the one way to write it. */
export function resolvePlace(place: string): string {
  return isS3Address(place) ? s3Text(parseS3Address(place)) : resolve(place);
}
