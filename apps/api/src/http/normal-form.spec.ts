import { inNormalForm } from './normal-form.js';

const decomposed = 'Cafe\u0301';
const composed = 'Caf\u00e9';

describe('inNormalForm', () => {
  it('composes strings wherever they are', () => {
    expect(inNormalForm(decomposed)).toBe(composed);
    expect(inNormalForm({ a: [decomposed, { b: decomposed, c: 1, d: null }], e: true })).toEqual({ a: [composed, { b: composed, c: 1, d: null }], e: true });
  });

  it('gives back the very value where there is nothing to do', () => {
    const value = { a: [composed, 1, null, { b: 'x' }], c: undefined };
    expect(inNormalForm(value)).toBe(value);
  });

  it('does not change what it was given', () => {
    const value = { a: decomposed };
    inNormalForm(value);
    expect(value.a).toBe(decomposed);
  });

  it('leaves what is no plain value alone, and keys as they are', () => {
    const when = new Date(0);
    expect(inNormalForm({ when })).toEqual({ when });
    expect(Object.keys(inNormalForm({ [decomposed]: decomposed }) as object)).toEqual([decomposed]);
  });

  it('takes out what no text has, and keeps what divides words', () => {
    expect(inNormalForm({ a: 'a\u0000b\u001b[31m\u0085c', b: 'a\t\r\n\fb', c: '\ud800x' })).toEqual({ a: 'ab[31m\u0085c', b: 'a\t\r\n\fb', c: '\ufffdx' });
  });

  it('does not touch compatibility characters: a ligature is what somebody wrote', () => {
    expect(inNormalForm('\ufb01n\u00b2')).toBe('\ufb01n\u00b2');
  });
});
