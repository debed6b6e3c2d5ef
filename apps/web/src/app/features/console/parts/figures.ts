const whole = new Intl.NumberFormat('en');

/** "12,340". */
export function count(value: number): string {
  return whole.format(value);
}

/** "1 document", "12,340 documents". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** "640 B", "12 kB", "3.4 MB". */
export function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}

/** "380 ms", "4.2 s", "3 min 5 s", "2 h 10 min". */
export function duration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const rounded = Math.round(seconds);
  if (rounded < 60) return `${rounded} s`;
  if (rounded < 3_600) return `${Math.floor(rounded / 60)} min ${rounded % 60} s`;
  return `${Math.floor(rounded / 3_600)} h ${Math.round((rounded % 3_600) / 60)} min`;
}

/** What is left, told no more precisely than it is known: "a few seconds", "about 40 seconds", "about 3 minutes". */
export function timeLeft(seconds: number): string {
  if (seconds < 8) return 'a few seconds';
  if (seconds <= 50) return `about ${Math.ceil(seconds / 10) * 10} seconds`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return minutes <= 1 ? 'about a minute' : `about ${minutes} minutes`;
  const hours = Math.round(minutes / 60);
  return hours === 1 ? 'about an hour' : `about ${hours} hours`;
}

/** "14 a second", "2.3 a second", "20 a minute". */
export function rate(documentsPerSecond: number): string {
  if (documentsPerSecond >= 10) return `${Math.round(documentsPerSecond)} a second`;
  if (documentsPerSecond >= 1) return `${documentsPerSecond.toFixed(1)} a second`;
  return `${Math.round(documentsPerSecond * 60)} a minute`;
}
