import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { ConsoleStage } from '../../../../testing/console-stage';
import { eventually } from '../../../../testing/eventually';

describe('the console’s quotas', () => {
  let stage: ConsoleStage;
  beforeEach(async () => {
    stage = new ConsoleStage();
    await stage.open('/console/quotas');
    await eventually(() => expect(stage.field('Guests: Tokens a day').value).toBe('20000'));
  });

  it('sets what was changed, and says what it was by default', async () => {
    stage.fill('Users: Tokens a day', '500,000');
    stage.fill('Guests: Replies a minute', '');
    stage.press('Save');
    await eventually(() => expect(stage.text).toContain('by default no limit'));
    expect(stage.server.accounts.settings.quotas.user.tokensADay).toBe(500_000);
    expect(stage.server.accounts.settings.quotas.guest).toEqual({ turnsAMinute: null, turnsAtOnce: 1, tokensADay: 20_000 });
  });

  it('keeps what was typed and not saved, says so when it is back, and lets it go', async () => {
    stage.fill('Users: Tokens a day', '500,000');
    await TestBed.inject(Router).navigateByUrl('/console/accounts');
    await TestBed.inject(Router).navigateByUrl('/console/quotas');
    await eventually(() => expect(stage.field('Users: Tokens a day').value).toBe('500,000'));
    stage.press('Let it go');
    expect(stage.field('Users: Tokens a day').value).not.toBe('500,000');
    expect(stage.text).not.toContain('is back');
  });

  it('sends nothing while a field holds no number', async () => {
    stage.fill('Admins: Replies at once', 'two');
    stage.press('Save');
    await eventually(() => expect(stage.text).toContain('A limit is a whole number'));
    expect(stage.field('Admins: Replies at once').getAttribute('aria-invalid')).toBe('true');
    expect(stage.server.requests.filter((request) => request.startsWith('setQuotas'))).toEqual([]);
  });
});
