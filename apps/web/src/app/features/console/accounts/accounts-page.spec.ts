import type { AdministeredAccount } from '@dramatis/contracts/identity/administration';
import { uuidOf } from '../../../../testing/console-builders';
import { ConsoleStage } from '../../../../testing/console-stage';
import { eventually } from '../../../../testing/eventually';

function account(of: number, fields: Partial<AdministeredAccount>): AdministeredAccount {
  return {
    accountId: uuidOf(of),
    email: `${of}@example.org`,
    emailVerified: true,
    displayName: `Number ${of}`,
    role: 'user',
    disabled: false,
    createdAt: new Date().toISOString(),
    lastSignInAt: null,
    ...fields,
  };
}

describe('the console’s accounts', () => {
  let stage: ConsoleStage;
  beforeEach(() => {
    stage = new ConsoleStage();
    stage.server.accounts.accountsKept = [account(1, { displayName: 'Ada', role: 'admin' }), account(2, { displayName: 'Bea' }), account(3, { displayName: 'Cyd', disabled: true })];
  });
  afterEach(() => document.querySelector('.cdk-overlay-container')?.remove());

  const answer = async (words: string) => {
    let button: HTMLButtonElement | undefined;
    await eventually(() => {
      button = [...document.querySelectorAll<HTMLButtonElement>('mat-dialog-container button')].find((candidate) => candidate.textContent?.trim() === words);
      expect(button).toBeDefined();
    });
    button?.click();
  };
  const role = (name: string) => stage.field<HTMLSelectElement>(`Role of ${name}`);
  const choose = (name: string, value: string) => {
    role(name).value = value;
    role(name).dispatchEvent(new Event('change'));
  };

  it('finds them by what the address of the page says', async () => {
    await stage.open('/console/accounts?search=a&role=user&state=active');
    await eventually(() => expect(stage.rows.map(([name]) => name)).toEqual([expect.stringContaining('Bea')]));
    expect(stage.server.requests).toContain('accounts {"search":"a","role":"user","disabled":false,"limit":50,"offset":0}');
  });

  it('gives a role, after saying what it means', async () => {
    await stage.open('/console/accounts');
    await eventually(() => expect(stage.rows).toHaveLength(3));
    choose('Bea', 'curator');
    await answer('Change the role');
    await eventually(() => expect(stage.server.requests).toContain(`updateAccount ${uuidOf(2)} {"role":"curator"}`));
  });

  it('shows the former role again when the change is left, or refused', async () => {
    await stage.open('/console/accounts');
    await eventually(() => expect(stage.rows).toHaveLength(3));
    choose('Bea', 'admin');
    await answer('Leave it');
    await eventually(() => expect(role('Bea').value).toBe('user'));
    choose('Ada', 'user');
    await answer('Change the role');
    await eventually(() => expect(role('Ada').value).toBe('admin'));
  });

  it('disables after asking, and enables at once', async () => {
    await stage.open('/console/accounts');
    await eventually(() => expect(stage.rows).toHaveLength(3));
    stage.press('Disable Bea');
    await answer('Disable');
    await eventually(() => expect(stage.control('Enable Bea')).toBeDefined());
    stage.press('Enable Cyd');
    await eventually(() => expect(stage.control('Disable Cyd')).toBeDefined());
  });
});
