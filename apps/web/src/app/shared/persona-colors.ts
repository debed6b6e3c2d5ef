import { oklchToHex } from './oklch';

/** What a persona's hue comes to in one theme. `ink` is legible as text on every paper and on `wash`; `ring` is for lines and shapes only. */
export interface PersonaColors {
  ink: string;
  ring: string;
  wash: string;
}

export interface ThemeVariant {
  scheme: 'light' | 'dark';
  highContrast: boolean;
}

/** Lightness and chroma of each role. Hues come from the persona; chroma is lowered where sRGB has no such colour. */
const recipes = {
  light: { ink: [0.46, 0.13], ring: [0.6, 0.13], wash: [0.945, 0.025] },
  dark: { ink: [0.8, 0.1], ring: [0.68, 0.11], wash: [0.285, 0.025] },
  lightMore: { ink: [0.36, 0.13], ring: [0.42, 0.13], wash: [1, 0] },
  darkMore: { ink: [0.9, 0.07], ring: [0.86, 0.09], wash: [0, 0] },
} as const;

/** @param hue degrees of OKLCH, 0-359 */
export function personaColors(hue: number, variant: ThemeVariant): PersonaColors {
  const { ink, ring, wash } = recipes[`${variant.scheme}${variant.highContrast ? 'More' : ''}` as const];
  return {
    ink: oklchToHex(ink[0], ink[1], hue),
    ring: oklchToHex(ring[0], ring[1], hue),
    wash: oklchToHex(wash[0], wash[1], hue),
  };
}
