const PLAIN_INTERVAL_MS = 10_000;
const REDRAW_INTERVAL_MS = 200;
const NAME_WIDTH = 16;

/**
 * Tells what is being done. On a terminal the running tasks are lines that change in place below what is finished; elsewhere
 * each task says now and then where it is.
 */
export class Progress {
  #startedAt = Date.now();
  /** @type {Map<string, { text: string, since: number, toldAt: number }>} */
  #running = new Map();
  #drawnLines = 0;
  /** @type {NodeJS.Timeout | undefined} */
  #timer;

  /** @param {NodeJS.WriteStream} stream */
  constructor(stream) {
    this.stream = stream;
    // Whoever read it may be gone; the work goes on.
    stream.on('error', () => undefined);
  }

  /**
   * A task goes on.
   * @param {string} name
   * @param {string} text what it does now
   */
  update(name, text) {
    const now = Date.now();
    const task = this.#running.get(name) ?? { text: '', since: now, toldAt: 0 };
    task.text = text;
    this.#running.set(name, task);
    if (this.stream.isTTY) this.#scheduleRedraw();
    else if (now - task.toldAt >= PLAIN_INTERVAL_MS) {
      task.toldAt = now;
      this.#print(this.#line(name, text));
    }
  }

  /**
   * A task is finished.
   * @param {string} name
   * @param {string} text
   * @param {string} [mark]
   */
  done(name, text, mark = '✓') {
    this.#running.delete(name);
    this.#print(this.#line(name, text, mark));
  }

  /**
   * Something that a person should know.
   * @param {string} name
   * @param {string} text
   */
  warn(name, text) {
    this.#print(this.#line(name, text, '!'));
  }

  /** Lines as they are. @param {string} text */
  note(text) {
    this.#print(text);
  }

  /** Forgets the running tasks: they were given up. */
  clear() {
    this.#running.clear();
    this.#erase();
  }

  /** Since the start, such as "12.3 s". */
  elapsed() {
    return `${((Date.now() - this.#startedAt) / 1000).toFixed(1)} s`;
  }

  /**
   * @param {string} name
   * @param {string} text
   * @param {string} [mark]
   */
  #line(name, text, mark = '·') {
    return `${this.elapsed().padStart(8)}  ${mark} ${name.padEnd(NAME_WIDTH)} ${text}`;
  }

  /** @param {string} text */
  #print(text) {
    this.#erase();
    this.stream.write(`${text}\n`);
    this.#draw();
  }

  #scheduleRedraw() {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#erase();
      this.#draw();
      // The seconds count on while nothing is said.
      if (this.#running.size > 0) this.#scheduleRedraw();
    }, REDRAW_INTERVAL_MS).unref();
  }

  #draw() {
    if (!this.stream.isTTY) return;
    const width = this.stream.columns || 80;
    for (const [name, { text, since }] of this.#running) {
      const seconds = Math.round((Date.now() - since) / 1000);
      this.stream.write(`${this.#line(name, `${text} (${seconds} s)`).slice(0, width - 1)}\n`);
    }
    this.#drawnLines = this.#running.size;
  }

  #erase() {
    if (this.#drawnLines === 0) return;
    this.stream.moveCursor(0, -this.#drawnLines);
    this.stream.cursorTo(0);
    this.stream.clearScreenDown();
    this.#drawnLines = 0;
  }
}
