export interface FindChromiumOptions {
  /** Whether to install it from Debian's packages when there is none and this user may. Default: false. */
  readonly install?: boolean;
  /** Told what is being done. */
  readonly log?: (text: string) => void;
}

/**
 * The path of a Chromium or Chrome: CHROMIUM_PATH, one on the PATH, or one that was just installed.
 *
 * @throws StackError CHROMIUM_MISSING, with what to do about it in `remedy`
 */
export function findChromium(options?: FindChromiumOptions): Promise<string>;
