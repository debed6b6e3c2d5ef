/** Why a URL looks like one of endlessly many. */
export type CrawlTrap = 'too_long' | 'too_deep' | 'repeated_path' | 'too_many_parameters' | 'calendar';

const maxLength = 2_000;
const maxSegments = 16;
const maxParameters = 10;
/** Pages of a calendar further away than this are taken for empty. */
const calendarYears = 2;

/** The kind of trap that a URL looks like, judged by itself alone; null when it looks ordinary. */
export function crawlTrap(url: URL, now: Date = new Date()): CrawlTrap | null {
  if (url.href.length > maxLength) return 'too_long';
  const segments = url.pathname.split('/').filter((segment) => segment !== '');
  if (segments.length > maxSegments) return 'too_deep';
  if (repeats(segments)) return 'repeated_path';
  const parameters = [...url.searchParams];
  if (parameters.length > maxParameters || mostCommon(parameters.map(([name]) => name)) > 4) return 'too_many_parameters';
  return isFarCalendarPage(segments, parameters, now) ? 'calendar' : null;
}

/** Relative links that are wrong make paths like /a/b/a/b/a/b: a run of segments three times in a row, or one segment again and again. */
function repeats(segments: string[]): boolean {
  const words = segments.filter((segment) => !/^\d+$/.test(segment));
  if (mostCommon(words) > 4) return true;
  for (let length = 1; length * 3 <= segments.length; length += 1) {
    for (let start = 0; start + length * 3 <= segments.length; start += 1) {
      const run = segments.slice(start, start + length);
      if (run.every((segment) => /^\d+$/.test(segment))) continue;
      if (run.every((segment, i) => segment === segments[start + length + i] && segment === segments[start + 2 * length + i])) return true;
    }
  }
  return false;
}

function mostCommon(words: string[]): number {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

const calendarWord = /calend[ae]r|calendrier|kalender|agenda|^events?$/i;
const dateParameter = /^(date|day|month|year|week|cal|calendar|from|to|start|end|ym|yearmonth|eventdate|.*[-_]date|.*[-_]month|.*[-_]year)$/i;

/** Old dates are what archives are made of; they count only where a calendar turns the pages. */
function isFarCalendarPage(segments: string[], parameters: [string, string][], now: Date): boolean {
  const thisYear = now.getUTCFullYear();
  const inCalendar = segments.some((segment) => calendarWord.test(segment));
  const pathYear = segments.map((segment) => yearOf(segment)).find((year) => year !== null) ?? null;
  const queryYear = parameters.map(([name, value]) => (dateParameter.test(name) ? yearOf(value) : null)).find((year) => year !== null) ?? null;
  if (inCalendar) {
    return [pathYear, queryYear].some((year) => year !== null && Math.abs(year - thisYear) > calendarYears);
  }
  return queryYear !== null && queryYear - thisYear > calendarYears;
}

/** Of 2031, 2031-05, 2031-05-17, 20310517, 203105. */
function yearOf(text: string): number | null {
  const match = /^(\d{4})(?:-?(?:0[1-9]|1[0-2])(?:-?(?:0[1-9]|[12]\d|3[01]))?)?$/.exec(text);
  return match && match[1]! >= '1000' ? Number(match[1]) : null;
}
