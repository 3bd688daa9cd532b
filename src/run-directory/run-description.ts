import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeDurably } from '../checkpoint/durable-replace.ts';
import { Fields } from '../checkpoint/fields.ts';
import { type FileSystem, nodeFileSystem } from '../checkpoint/file-system.ts';
import { readWhole } from '../checkpoint/read-file.ts';
import { ownPackage } from '../config/own-package.ts';
import { optionNames, parseOptions, type RunConfig, withDefaults } from '../config/run-config.ts';
import { type OptionName, type OptionValues, RUN_OPTIONS, snakeCase } from '../config/run-options.ts';
import { CheckpointError, messageOf } from '../errors.ts';
import type { PlanPart } from '../manifest/plan-part.ts';
import { isS3Address, joinPlace } from '../s3/s3-address.ts';
import { parsePlanPart, planPartJson } from './plan-part-json.ts';
import { isPortablePath, placeOf, portablePath } from './portable-path.ts';
import { STAGES, type StageName } from './run-files.ts';
import type { TaskNumber } from './task-directory.ts';

const FORMAT = 'midiloom-run';
const VERSION = 1;

/** What a run directory remembers of how its run was made: the content of `run.json`. */
export interface RunDescription {
  /** Random, and the run directory's for good: what belongs to it elsewhere carries it. */
  readonly id: string;
  /** ISO 8601. */
  readonly createdAt: string;
  /** Every option that a later call is to have too; paths are absolute. */
  readonly options: Partial<OptionValues>;
  /** Set while an update is under way: every call goes on with it. */
  readonly update?: RunUpdate;
  /** Set where the run is one task of a larger one. */
  readonly task?: RunTask;
}

/** A task is a run over a part of the manifest. */
export interface RunTask extends TaskNumber {
  readonly part: PlanPart;
}

export interface RunUpdate {
  /** Stages that are being moved aside, and the number under which; nothing else is done with them before that is finished. */
  readonly moving: Readonly<Partial<Record<StageName, number>>>;
}

/** A run that nothing is known of yet. */
export function newRunDescription(now: Date): RunDescription {
  return { id: randomBytes(12).toString('hex'), createdAt: now.toISOString(), options: {} };
}

/**
 * What the run directory remembers; `undefined` where it has no `run.json`: a new one, or one that an earlier version made.
 *
 * @param place - where its `run.json` lies, if that is a copy elsewhere.
 * @throws CheckpointError `run_unreadable`, `run_version`.
 */
export async function readRunDescription(
  directory: string,
  place = directory,
  fs: FileSystem = nodeFileSystem,
): Promise<RunDescription | undefined> {
  const file = descriptionFile(place);
  const bytes = await readWhole(file, fs);
  if (bytes === undefined) return undefined;
  try {
    return parseDescription(
      new Fields(JSON.parse(Buffer.from(bytes).toString('utf8')), 'run.json'),
      resolve(directory),
    );
  } catch (error) {
    if (error instanceof CheckpointError) throw error;
    throw new CheckpointError(
      'run_unreadable',
      `${file} cannot be read: ${messageOf(error)}. Mend it, or remove it and give the run's options again.`,
    );
  }
}

/** Writes down how a run is made, for every later call; nothing is written where that is known already. */
export async function saveRunDescription(
  { id, createdAt, update, task }: RunDescription,
  config: RunConfig,
): Promise<void> {
  const file = descriptionFile(config.outputDir);
  const { options, leftOut } = keptOptions(config);
  const description = {
    format: FORMAT,
    version: VERSION,
    midiloom: ownPackage().version,
    run_id: id,
    created_at: createdAt,
    directory: config.outputDir,
    options,
    ...(update === undefined ? {} : { update }),
    ...(task === undefined ? {} : { task: { number: task.number, of: task.of, ...planPartJson(task.part) } }),
    ...(leftOut.length === 0 ? {} : { left_out_as_secret: leftOut }),
  };
  const bytes = Buffer.from(`${JSON.stringify(description, null, 2)}\n`);
  const before = await readWhole(file, nodeFileSystem);
  if (before === undefined || !bytes.equals(before)) await writeDurably(file, [bytes]);
}

/** Forgets that an update is under way, as the stages are begun again. */
export async function forgetUpdate(directory: string): Promise<void> {
  const file = descriptionFile(directory);
  const bytes = await readWhole(file, nodeFileSystem);
  if (bytes === undefined) return;
  const { update, ...rest }: Record<string, unknown> = { ...JSON.parse(Buffer.from(bytes).toString('utf8')) };
  if (update !== undefined) await writeDurably(file, [Buffer.from(`${JSON.stringify(rest, null, 2)}\n`)]);
}

function parseDescription(fields: Fields, directory: string): RunDescription {
  fields.oneOf('format', [FORMAT]);
  const version = fields.integer('version', 1);
  if (version > VERSION) {
    const maker = fields.text('midiloom');
    throw new CheckpointError(
      'run_version',
      `${descriptionFile(directory)} was written by midiloom ${maker}, in version ${version} of its format; this is midiloom ${ownPackage().version}: install ${maker} or later.`,
    );
  }
  const before = fields.text('directory');
  const given: Record<string, unknown> = {};
  for (const name of rememberedNames()) {
    const value = fields.object('options').value(snakeCase(name));
    if (value !== undefined) given[name] = isKeptPath(name, value) ? placeOf(value, directory, before) : value;
  }
  const options = withDefaults(parseOptions(given, snakeCase, descriptionFile(directory)));
  const update = fields.has('update') ? { update: parseUpdate(fields.object('update').object('moving')) } : {};
  const task = fields.has('task') ? { task: parseTask(fields.object('task')) } : {};
  return { id: fields.text('run_id'), createdAt: fields.text('created_at'), options, ...update, ...task };
}

function parseTask(fields: Fields): RunTask {
  return { number: fields.integer('number'), of: fields.integer('of', 1), part: parsePlanPart(fields) };
}

function parseUpdate(moving: Fields): RunUpdate {
  const named = STAGES.filter((stage) => moving.has(stage));
  return { moving: Object.fromEntries(named.map((stage) => [stage, moving.integer(stage, 1)])) };
}

/** What `run.json` says of the options, by their names in it; and the names of those that it must not say. */
export function keptOptions(config: RunConfig): {
  readonly options: Readonly<Record<string, unknown>>;
  readonly leftOut: readonly string[];
} {
  const own: Partial<OptionValues> = defaultPaths(config);
  const told = rememberedNames()
    .filter((name) => config[name] !== undefined && config[name] !== own[name])
    .map((name) => [name, config[name]] as const);
  const isOpen = (value: unknown): boolean => typeof value !== 'string' || !holdsSecret(value);
  return {
    options: Object.fromEntries(
      told
        .filter(([, value]) => isOpen(value))
        .map(([name, value]) => [snakeCase(name), keptValue(name, value, config.outputDir)]),
    ),
    leftOut: told.filter(([, value]) => !isOpen(value)).map(([name]) => snakeCase(name)),
  };
}

/** The checkpoints are where they are unless the user says otherwise: then they move with the directory. */
function defaultPaths({ outputDir }: RunConfig): Pick<OptionValues, 'midiCheckpoint' | 'textCheckpoint'> {
  return {
    midiCheckpoint: join(outputDir, 'midi_checkpoint.json'),
    textCheckpoint: join(outputDir, 'text_checkpoint.json'),
  };
}

function rememberedNames(): OptionName[] {
  return optionNames().filter((name) => RUN_OPTIONS[name].ofThisCall !== true);
}

function keptValue(name: OptionName, value: unknown, directory: string): unknown {
  if (typeof value !== 'string') return value;
  const { place } = RUN_OPTIONS[name];
  const isPath = place === 'path' || (place === 'path_or_name' && isDirectory(value));
  return isPath && !isS3Address(value) ? portablePath(resolve(value), directory) : value;
}

function isKeptPath(name: OptionName, value: unknown): value is string {
  return RUN_OPTIONS[name].place !== undefined && typeof value === 'string' && isPortablePath(value);
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** A user name or a query in an address, or a token of the hub. */
function holdsSecret(value: string): boolean {
  return /[a-z][a-z0-9+.-]*:\/\/([^/\s]*@|\S*\?)/i.test(value) || /\bhf_[A-Za-z0-9]{16,}/.test(value);
}

function descriptionFile(directory: string): string {
  return joinPlace(directory, 'run.json');
}
