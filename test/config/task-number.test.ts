import { describe, expect, it } from 'vitest';
import { taskOfEnvironment } from '../../src/config/task-number.ts';

const slurm = (id: number, [min, max, step]: readonly [number, number, number]) => ({
  SLURM_ARRAY_TASK_ID: String(id),
  SLURM_ARRAY_TASK_MIN: String(min),
  SLURM_ARRAY_TASK_MAX: String(max),
  SLURM_ARRAY_TASK_STEP: String(step),
  SLURM_ARRAY_TASK_COUNT: String(Math.floor((max - min) / step) + 1),
});

describe('--task auto', () => {
  it.each([
    ['Slurm, an array from 0', slurm(3, [0, 15, 1]), 3],
    ['Slurm, an array from 1', slurm(16, [1, 16, 1]), 15],
    ['Slurm, an array with a step', slurm(40, [0, 60, 4]), 10],
    ['Slurm, one job of an array from 0 that is sent again', slurm(7, [7, 7, 1]), 7],
    ['Kubernetes', { JOB_COMPLETION_INDEX: '5' }, 5],
    ['AWS Batch', { AWS_BATCH_JOB_ARRAY_INDEX: '0' }, 0],
    ['PBS', { PBS_ARRAY_INDEX: '2' }, 2],
    ['LSF, which counts from 1', { LSB_JOBINDEX: '16' }, 15],
    ['SGE, which counts from 1', { SGE_TASK_ID: '1' }, 0],
    ['a job outside an array of LSF within one of Kubernetes', { LSB_JOBINDEX: '0', JOB_COMPLETION_INDEX: '4' }, 4],
  ])('is as the scheduler says: %s', (_, environment, task) => {
    expect(taskOfEnvironment(environment, 16)).toBe(task);
  });

  it.each([
    ['nothing is said', {}, 'SLURM_ARRAY_TASK_ID'],
    ['SGE says that it is no array', { SGE_TASK_ID: 'undefined' }, 'no job of an array'],
    ['LSF says that it is no array', { LSB_JOBINDEX: '0' }, 'no job of an array'],
    ['there is no such task', { JOB_COMPLETION_INDEX: '16' }, 'calls this job 16'],
    ['it lies between two tasks', { ...slurm(3, [0, 60, 4]) }, 'number the array from 0'],
  ])('is refused where %s', (_, environment, message) => {
    expect(() => taskOfEnvironment(environment, 16)).toThrow(message);
  });
});
