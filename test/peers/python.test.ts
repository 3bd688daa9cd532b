import { describe, expect, it } from 'vitest';
import { missingPeers } from './python.ts';

describe('the peers', () => {
  it('say why they cannot be run where a module is not there', () => {
    expect(missingPeers('no_such_module_anywhere')).toContain('no_such_module_anywhere');
  });
});
