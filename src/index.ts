/** The public API of midiloom. */
export type { ProcessOptions, RunConfig } from './config/run-config.ts';
export {
  CheckpointError,
  ConfigError,
  LockError,
  MidiloomError,
  MissingError,
  type PairFailure,
  StorageError,
} from './errors.ts';
export { extractFeatures, type MidiFeatures } from './features/extract-features.ts';
export { type MergedNotes, mergeNotes } from './features/merged-notes.ts';
export { noteContentBytes } from './features/note-content.ts';
export type { Log, LogLevel } from './log.ts';
export { openPlan } from './manifest/open-plan.ts';
export type { Pair } from './manifest/pair.ts';
export type { Plan } from './manifest/plan.ts';
export { type DecodeOutcome, decodeMidi } from './midi/decode-midi.ts';
export { DEFAULT_LIMITS, type MidiLimits } from './midi/limits.ts';
export { DEFAULT_CHOICES, type ReadingChoices } from './midi/reading-choices.ts';
export type { Score, Track } from './midi/score.ts';
export { createTempoMap } from './midi/tempo-map.ts';
export { WorkSpace } from './midi/work-space.ts';
export { type CleanupCandidate, type CleanupCriteria, cleanUpRuns } from './operations/cleanup-runs.ts';
export {
  type DatasetExport,
  type DatasetExportOptions,
  type ExportFormat,
  exportDataset,
} from './operations/export/export-dataset.ts';
export { type ExportOptions, type ExportResult, exportRun } from './operations/export-run.ts';
export { type ImportedStage, type ImportOptions, importRun } from './operations/import-run.ts';
export { type MergeOptions, mergeRun } from './operations/merge-run.ts';
export type { OperationContext } from './operations/operation-context.ts';
export type { PairState, StagePairState } from './operations/pair-state.ts';
export { pairStates } from './operations/pair-states.ts';
export { planRun, type RunPlan } from './operations/plan/plan-run.ts';
export { type RunStatus, readRunStatus, type StageState } from './operations/read-run-status.ts';
export { reportRun } from './operations/report-run.ts';
export { type RetryCounts, type RetrySelection, requestRetry } from './operations/request-retry.ts';
export { type ResetOptions, type ResetResult, resetRun } from './operations/reset-run.ts';
export { type RunDetails, readRunDetails } from './operations/run-details.ts';
export { listRuns, type RunOverview } from './operations/run-overview.ts';
export type { RunState, RunStateName } from './operations/run-state.ts';
export { skipPairs } from './operations/skip-pairs.ts';
export type { TaskStatus, TaskStatuses } from './operations/tasks/read-task-statuses.ts';
export { unskipPairs } from './operations/unskip-pairs.ts';
export { type RunValidation, type StageValidation, validateRun } from './operations/validate-run.ts';
export { type Verification, type VerifyOptions, verifyRun } from './operations/verify/verify-run.ts';
export type { AugmentOptions } from './pipeline/augment/augmentation.ts';
export { type ProcessContext, processPairs } from './pipeline/process-pairs.ts';
export type { ResumePoint } from './pipeline/resume-point.ts';
export type { RunEvent, StageProgress } from './pipeline/run-events.ts';
export type { DatasetResult, RunResult, SavesResult, StageResult } from './pipeline/run-result.ts';
export { locateRun, type RunPlace } from './run-directory/locate-run.ts';
export { defaultRunFiles, type RunFiles, type StageName } from './run-directory/run-files.ts';
export { createHashingEncoder } from './text/encoders/hashing.ts';
export { type NormalizedText, normalizeText } from './text/normalize-text.ts';
export { createTokenizer } from './tokens/create-tokenizer.ts';
export { parseTokenizerConfig } from './tokens/parse-tokenizer-config.ts';
export { type PresetName, presetConfig } from './tokens/preset-config.ts';
export type { TokenSequences } from './tokens/token-sequences.ts';
export type { TokenizerConfig } from './tokens/tokenizer-config.ts';
export { type TrainedTokenizer, type TrainingOptions, trainTokenizer } from './tools/train-tokenizer.ts';
