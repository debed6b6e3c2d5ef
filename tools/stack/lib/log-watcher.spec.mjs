import { summariseLogLine } from './log-watcher.mjs';

describe('summariseLogLine', () => {
  it('shows warnings and errors, with their cause', () => {
    expect(summariseLogLine('{"level":40,"msg":"provider is slow"}')).toBe('provider is slow');
    expect(summariseLogLine('{"level":50,"msg":"save failed","err":{"message":"connection\\nreset"}}')).toBe('save failed: connection reset');
    expect(summariseLogLine('{"level":50,"msg":"reset","err":{"message":"reset"}}')).toBe('reset');
  });

  it.each(['{"level":30,"msg":"started"}', 'a stack trace', '"text"', 'null', '', '{"level":50}'])('passes over %j', (line) => {
    expect(summariseLogLine(line)).toBeUndefined();
  });
});
