import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contrastRatio } from './oklch';
import { type ThemeVariant, personaColors } from './persona-colors';

const tokens = readFileSync(join(import.meta.dirname, '../../styles/tokens.css'), 'utf8');
const [normalTokens = '', moreTokens = ''] = tokens.split("[data-contrast='more']");

/** A colour token's value in one theme, as the file of tokens has it. */
function token(name: string, { scheme, highContrast }: ThemeVariant): string {
  const pattern = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`);
  const match = (highContrast ? pattern.exec(moreTokens) : null) ?? pattern.exec(normalTokens);
  if (!match) throw new Error(`tokens.css has no --${name} with a light and a dark value`);
  return (scheme === 'light' ? match[1] : match[2]) as string;
}

const variants: ThemeVariant[] = [
  { scheme: 'light', highContrast: false },
  { scheme: 'dark', highContrast: false },
  { scheme: 'light', highContrast: true },
  { scheme: 'dark', highContrast: true },
];
const papers = ['paper', 'paper-raised', 'paper-sunk'];

describe.each(variants)('colours in the $scheme theme, high contrast $highContrast', (variant) => {
  const required = variant.highContrast ? 7 : 4.5;

  it('keeps text in every hue legible on every paper and on its own wash', () => {
    const failing: string[] = [];
    for (let hue = 0; hue < 360; hue++) {
      const { ink, wash } = personaColors(hue, variant);
      for (const background of [...papers.map((paper) => token(paper, variant)), wash]) {
        const ratio = contrastRatio(ink, background);
        if (ratio < required) failing.push(`hue ${hue}: ${ink} on ${background} is ${ratio.toFixed(2)}`);
      }
    }
    expect(failing).toEqual([]);
  });

  it('keeps rings and lines visible on every paper', () => {
    for (let hue = 0; hue < 360; hue++) {
      const { ring } = personaColors(hue, variant);
      for (const paper of papers) expect(contrastRatio(ring, token(paper, variant))).toBeGreaterThanOrEqual(3);
    }
  });

  it.each(['ink', 'ink-soft', 'accent', 'good', 'warn', 'bad'])('keeps --%s legible on every paper', (name) => {
    for (const paper of papers) {
      expect(contrastRatio(token(name, variant), token(paper, variant))).toBeGreaterThanOrEqual(required);
    }
  });

  it.each([
    ['on-accent', 'accent'],
    ['on-accent', 'accent-strong'],
    ['ink', 'accent-wash'],
    ['ink-soft', 'accent-wash'],
    ['ink', 'warn-wash'],
    ['ink', 'bad-wash'],
    ['accent-strong', 'accent-wash'],
    ['warn', 'warn-wash'],
    ['bad', 'bad-wash'],
    ['ink', 'mark'],
  ])('keeps --%s legible on --%s', (text, background) => {
    expect(contrastRatio(token(text, variant), token(background, variant))).toBeGreaterThanOrEqual(required);
  });
});

describe('personaColors', () => {
  it('keeps hues apart', () => {
    const inks = [20, 80, 150, 220, 290].map((hue) => personaColors(hue, { scheme: 'light', highContrast: false }).ink);
    expect(new Set(inks).size).toBe(inks.length);
  });
});
