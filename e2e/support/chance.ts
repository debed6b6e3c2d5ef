import { randomInt } from 'node:crypto';

/** Numbers that look random and are the same again for the same seed: give DRAMATIS_SEED what a failed run has told. */
export class Chance {
  readonly seed = Number(process.env['DRAMATIS_SEED'] ?? randomInt(1, 1_000_000));
  private state = this.seed;

  /** A whole number from 0 to below the limit. */
  below(limit: number): number {
    // The mulberry32 step.
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }
}
