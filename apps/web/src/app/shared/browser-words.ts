import type { Translate } from '../../i18n/language';
import type { TextKey } from '../../i18n/scopes';

const browsers: [RegExp, string][] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(HeadlessChrome|Chrome|CriOS)\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
];
const systems: [RegExp, TextKey][] = [
  [/\b(iPhone|iPod)\b/, 'app.browser.onIphone'],
  [/\biPad\b/, 'app.browser.onIpad'],
  [/\bAndroid\b/, 'app.browser.onAndroid'],
  [/\bCrOS\b/, 'app.browser.onChromeOs'],
  [/\bWindows\b/, 'app.browser.onWindows'],
  [/\b(Macintosh|Mac OS X)\b/, 'app.browser.onMac'],
  [/\b(Linux|X11)\b/, 'app.browser.onLinux'],
];

/** A browser as its owner would call it, by what it says of itself: "Firefox on Linux". */
export function browserWords(t: Translate, userAgent: string | null): string {
  const found = <T>(list: [RegExp, T][]): T | undefined => list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1];
  const browser = found(browsers);
  const system = found(systems);
  if (!browser && !system) return t('app.browser.unknown');
  const named = browser ?? t('app.browser.some');
  return system ? t(system, { browser: named }) : named;
}
