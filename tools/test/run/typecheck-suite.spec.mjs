import { readTypecheck } from './typecheck-suite.mjs';

const good = ' NX   Running target typecheck for 2 projects:\n- a\n- b\n> nx run a:typecheck\n> tsc\n> nx run b:typecheck  [local cache]\n> tsc\n';

describe('readTypecheck', () => {
  it('counts each project', () => {
    expect(readTypecheck(good, '')).toEqual({ passed: 2, failed: 0, skipped: 0, failures: [] });
  });

  it('gives what the compiler said of a project that failed', () => {
    const output = `${good.replace('b:typecheck  [local cache]\n> tsc', 'b:typecheck\n> tsc\nsrc/x.ts:1:1 - error TS1')} NX   Running target failed\nFailed tasks:\n- b:typecheck\nHint: no\n`;
    const result = readTypecheck(output, 'ended with code 1');
    expect(result).toMatchObject({ passed: 1, failed: 1, failures: [{ title: 'typecheck of b' }] });
    expect(result.failures[0].detail).toContain('error TS1');
    expect(result.failures[0].detail).not.toContain('NX');
  });

  it('fails when nx failed before it checked anything, or found nothing to check', () => {
    expect(readTypecheck('', 'cannot read nx.json')).toMatchObject({ failed: 1, failures: [{ detail: 'cannot read nx.json' }] });
    expect(readTypecheck('', '').failed).toBe(1);
  });
});
