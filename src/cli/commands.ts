import type { Command } from 'commander';

/** What a command is made with. */
export interface CommandSurroundings {
  /** Told the exit status of a command. */
  readonly setExitCode: (code: number) => void;
  /** What is to be said before a run, in the format of its log. */
  readonly warnings: () => Promise<readonly string[]>;
  /** With all commands. */
  readonly program: () => Promise<Command>;
}

/** The commands by name, in the order of the help. Each is loaded by itself: no call needs more than one. */
export const COMMANDS: Readonly<Record<string, (surroundings: CommandSurroundings) => Promise<Command>>> = {
  process: async ({ setExitCode, warnings }) =>
    (await import('./process-command.ts')).processCommand(setExitCode, warnings),
  status: async () => (await import('./status-command.ts')).statusCommand(),
  launch: async ({ setExitCode }) => (await import('./launch-command.ts')).launchCommand(setExitCode),
  worker: async ({ setExitCode }) => (await import('./worker-command.ts')).workerCommand(setExitCode),
  checkpoint: async ({ setExitCode }) => (await import('./checkpoint-command.ts')).checkpointCommand(setExitCode),
  verify: async ({ setExitCode }) => (await import('./verify-command.ts')).verifyCommand(setExitCode),
  export: async () => (await import('./export-command.ts')).exportDatasetCommand(),
  inspect: async () => (await import('./inspect-command.ts')).inspectCommand(),
  detokenize: async () => (await import('./detokenize-command.ts')).detokenizeCommand(),
  scan: async () => (await import('./scan-command.ts')).scanCommand(),
  'train-tokenizer': async () => (await import('./train-tokenizer-command.ts')).trainTokenizerCommand(),
  'audit-split': async ({ setExitCode }) => (await import('./audit-split-command.ts')).auditSplitCommand(setExitCode),
  'audit-captions': async ({ setExitCode }) =>
    (await import('./audit-captions-command.ts')).auditCaptionsCommand(setExitCode),
  report: async () => (await import('./report-command.ts')).reportCommand(),
  dashboard: async () => (await import('./dashboard-command.ts')).dashboardCommand(),
  doctor: async () => (await import('./doctor-command.ts')).doctorCommand(),
  cache: async () => (await import('./cache-command.ts')).cacheCommand(),
  completion: async ({ program }) => (await import('./completion-command.ts')).completionCommand(program),
};
