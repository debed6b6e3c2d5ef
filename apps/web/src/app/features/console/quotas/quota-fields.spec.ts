import { quotasOf } from './quota-fields';

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

describe('quotasOf', () => {
  it('reads limits, and takes nothing for no limit', () => {
    const { quotas, wrong } = quotasOf(form({ 'guest.turnsAMinute': '5', 'user.tokensADay': ' 1,500,000 ', 'curator.tokensADay': '1 000', 'admin.turnsAtOnce': '' }));
    expect(wrong).toEqual([]);
    expect(quotas.guest).toEqual({ turnsAMinute: 5, turnsAtOnce: null, tokensADay: null });
    expect(quotas.user.tokensADay).toBe(1_500_000);
    expect(quotas.curator.tokensADay).toBe(1_000);
    expect(quotas.admin.turnsAtOnce).toBeNull();
  });

  it.each(['0', '-1', '1.5', '1e3', 'many', '1000000001'])('refuses %s, so that a slip is never without limit', (value) =>
    expect(quotasOf(form({ 'user.turnsAtOnce': value })).wrong).toEqual(['user.turnsAtOnce']),
  );
});
