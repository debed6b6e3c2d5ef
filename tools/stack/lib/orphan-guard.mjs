import { spawn } from 'node:child_process';

/**
 * Reads "+ pid" and "- pid" lines until its standard input ends, which it does when the launcher is gone, in whatever
 * way; then ends the processes that are still listed. A launcher that was killed thus leaves no servers behind.
 */
const SCRIPT = `
pids=
while read -r sign pid; do
  case $sign in
    +) pids="$pid $pids" ;;
    -) kept=; for one in $pids; do [ "$one" = "$pid" ] || kept="$kept $one"; done; pids=$kept ;;
  esac
done
for pid in $pids; do kill -TERM "$pid" 2>/dev/null; done
for second in 1 2 3 4 5 6 7 8 9 10; do
  alive=
  for pid in $pids; do kill -0 "$pid" 2>/dev/null && alive=1; done
  [ -z "$alive" ] && exit 0
  sleep 1
done
for pid in $pids; do kill -KILL "-$pid" 2>/dev/null; done
`;

/** Ends the launcher's children when the launcher dies without having done so itself. */
export class OrphanGuard {
  #shell = spawn('/bin/sh', ['-c', SCRIPT], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });

  constructor() {
    // The launcher ends when its work is done; this process follows by itself.
    this.#shell.unref();
    /** @type {import('node:net').Socket} */ (this.#shell.stdin).unref();
    this.#shell.on('error', () => undefined);
    this.#shell.stdin.on('error', () => undefined);
  }

  /** @param {number} pid the leader of a process group */
  add(pid) {
    this.#shell.stdin.write(`+ ${pid}\n`);
  }

  /** @param {number} pid */
  remove(pid) {
    this.#shell.stdin.write(`- ${pid}\n`);
  }
}
