import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { eventually } from '../../../../testing/eventually';
import { Operator } from '../../../core/operator';
import { Problem } from '../../../core/problem';
import { type Reading, type ReadingOptions, reading } from './reading';

const unreachable = new Problem('unreachable', 'Out of reach.');

describe('reading', () => {
  const wanted = signal<string | undefined>('a');
  const make = (options: Omit<ReadingOptions<string, string>, 'params'>): Reading<string> => TestBed.runInInjectionContext(() => reading({ params: wanted, ...options }));

  beforeEach(() => wanted.set('a'));

  it('reads what is wanted, and reads again when something else is', async () => {
    const shown = make({ load: async (params) => `${params}!` });
    await eventually(() => expect(shown.value()).toBe('a!'));
    wanted.set('b');
    TestBed.tick();
    expect(shown.value()).toBeUndefined();
    await eventually(() => expect(shown.value()).toBe('b!'));
  });

  it('keeps a list standing as stale while the next one comes, when asked to', async () => {
    let answer: (value: string) => void = () => {};
    const shown = make({ keep: true, load: (params) => (params === 'a' ? Promise.resolve('a!') : new Promise((resolve) => (answer = resolve))) });
    await eventually(() => expect(shown.value()).toBe('a!'));
    wanted.set('b');
    TestBed.tick();
    expect([shown.value(), shown.stale()]).toEqual(['a!', true]);
    answer('b!');
    await eventually(() => expect([shown.value(), shown.stale()]).toEqual(['b!', false]));
  });

  it('does not let a late answer take the place of a newer one', async () => {
    const answers = new Map<string, (value: string) => void>();
    const shown = make({ load: (params) => new Promise((resolve) => answers.set(params, resolve)) });
    await eventually(() => expect(answers.has('a')).toBe(true));
    wanted.set('b');
    await eventually(() => expect(answers.has('b')).toBe(true));
    answers.get('b')!('b!');
    answers.get('a')!('a!');
    await eventually(() => expect(shown.value()).toBe('b!'));
  });

  it('keeps what it has when it cannot be read again, and says so', async () => {
    let down = false;
    const shown = make({ load: async () => { if (down) throw unreachable; return 'kept'; } });
    await eventually(() => expect(shown.value()).toBe('kept'));
    down = true;
    await shown.reload();
    expect([shown.value(), shown.problem()?.code]).toEqual(['kept', 'unreachable']);
    down = false;
    await shown.reload();
    expect(shown.problem()).toBeNull();
  });

  it('reads again when the network is back', async () => {
    let down = true;
    const shown = make({ load: async () => { if (down) throw unreachable; return 'back'; } });
    await eventually(() => expect(shown.problem()).not.toBeNull());
    window.dispatchEvent(new Event('offline'));
    TestBed.tick();
    down = false;
    window.dispatchEvent(new Event('online'));
    await eventually(() => expect(shown.value()).toBe('back'));
  });

  it('asks a server that was out of reach again by itself, and says until then that it is', async () => {
    let reads = 0;
    const problems: (string | undefined)[] = [];
    const shown: Reading<string> = make({
      againMs: 5,
      load: async () => {
        if (reads > 0) problems.push(shown.problem()?.code);
        if (++reads < 3) throw unreachable;
        return 'back';
      },
    });
    await eventually(() => expect(shown.value()).toBe('back'));
    expect(shown.problem()).toBeNull();
    expect(problems).toEqual(['unreachable', 'unreachable']);
  });

  it('does not ask again for what is not there', async () => {
    let reads = 0;
    const shown = make({ againMs: 5, load: async () => { reads++; throw new Problem('persona_not_found', 'There is none.', 404); } });
    await eventually(() => expect(shown.problem()).not.toBeNull());
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(reads).toBe(1);
  });

  it('reads again by itself as long as the value asks for it', async () => {
    let reads = 0;
    const shown = make({ load: async () => String(++reads), every: (value) => (value === '3' ? null : 5) });
    await eventually(() => expect(shown.value()).toBe('3'));
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(reads).toBe(3);
  });

  it('reads nothing when nothing is wanted', async () => {
    let reads = 0;
    wanted.set(undefined);
    const shown = make({ load: async () => String(++reads) });
    TestBed.tick();
    await shown.reload();
    expect([reads, shown.value()]).toEqual([0, undefined]);
  });

  it('signs the operator out when the token is not accepted', async () => {
    const operator = TestBed.inject(Operator);
    operator.signIn('old-token');
    make({ load: async () => { throw new Problem('unauthenticated', 'Send the token.', 401); } });
    await eventually(() => expect(operator.wasRefused()).toBe(true));
    expect(operator.signedIn()).toBe(false);
  });
});
