import { StartAllowance } from './start-allowance.js';

describe('StartAllowance', () => {
  it('lets the first turns through without counting, and counts before it refuses', async () => {
    const allowance = new StartAllowance();
    let running = 0;
    let counted = 0;
    const start = async () => {
      await allowance.take('guest', async () => {
        counted += 1;
        return running;
      });
      running += 1;
    };
    for (let turn = 0; turn < 3; turn += 1) await start();
    expect(counted).toBe(0);
    await start();
    await expect(start()).rejects.toMatchObject({ code: 'too_many_requests' });
    running = 1;
    await start();
    expect(running).toBe(2);
  });

  it('keeps guests apart', async () => {
    const allowance = new StartAllowance();
    const busy = async () => 4;
    for (let turn = 0; turn < 3; turn += 1) await allowance.take('one', busy);
    await expect(allowance.take('one', busy)).rejects.toMatchObject({ code: 'too_many_requests' });
    await expect(allowance.take('other', busy)).resolves.toBeUndefined();
  });
});
