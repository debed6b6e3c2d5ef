import type { Quotas } from '@dramatis/contracts/quota';
import { textOf } from '../parts/form-field';

const most = 1_000_000_000;
const roles = ['guest', 'user', 'curator', 'admin'] as const;
const limits = ['turnsAMinute', 'turnsAtOnce', 'tokensADay'] as const;

/** What the fields of the form hold, each named `role.limit`; those that hold no limit are named in `wrong`, and are without limit. Pure. */
export function quotasOf(data: FormData): { quotas: Quotas; wrong: string[] } {
  const wrong: string[] = [];
  const read = (name: string): number | null => {
    // As people write it: 1,000,000 and 1.000.000 and 1 000 000 and 1'000'000 are one number.
    const text = textOf(data, name).replace(/[\s,'’]|\.(?=\d{3}(?:\D|$))/g, '');
    const value = Number(text);
    if (text === '') return null;
    if (/^\d+$/.test(text) && value >= 1 && value <= most) return value;
    wrong.push(name);
    return null;
  };
  const quotas = Object.fromEntries(roles.map((role) => [role, Object.fromEntries(limits.map((limit) => [limit, read(`${role}.${limit}`)]))]));
  return { quotas: quotas as Quotas, wrong };
}
