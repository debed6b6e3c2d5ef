/** Chooses among lines: differently for different questions, and always the same for the same one. */
export class Chooser {
  private draws = 0;

  constructor(private readonly seed: string) {}

  /** One of the lines, or undefined of none. Those already said are chosen only when nothing else is left. */
  pick(lines: readonly string[], said: (line: string) => boolean = () => false): string | undefined {
    const fresh = lines.filter((line) => !said(line));
    const choice = fresh.length > 0 ? fresh : lines;
    return choice[hash(`${this.seed}\u0000${this.draws++}`) % Math.max(1, choice.length)];
  }
}

/** FNV-1a, 32 bits, with a final mix so that near seeds give far values. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  return (value ^ (value >>> 15)) >>> 0;
}
