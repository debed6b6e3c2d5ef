/**
 * Cuts a list into windows that each fit: in order, as many items in each as `maxTokens` and `maxItems` allow, one at least. Of
 * more than `maxWindows`, that many at even distances are given, the first and the last among them.
 */
export function windowsOf<T extends { tokens: number }>(items: readonly T[], limits: { maxTokens: number; maxItems: number; maxWindows: number }): T[][] {
  const windows: T[][] = [];
  let tokens = Infinity;
  for (const item of items) {
    if (tokens + item.tokens > limits.maxTokens || windows.at(-1)!.length === limits.maxItems) {
      windows.push([]);
      tokens = 0;
    }
    windows.at(-1)!.push(item);
    tokens += item.tokens;
  }
  if (windows.length <= limits.maxWindows) return windows;
  const step = (windows.length - 1) / Math.max(1, limits.maxWindows - 1);
  return Array.from({ length: limits.maxWindows }, (_, at) => windows[Math.round(at * step)]!);
}
