/** Linear sRGB channels, 0-1 inside the gamut. */
type LinearRgb = readonly [red: number, green: number, blue: number];

/** Linear sRGB of an OKLCH colour: lightness 0-1, chroma from 0, hue in degrees. @see https://bottosson.github.io/posts/oklab/ */
function oklchToLinear(lightness: number, chroma: number, hue: number): LinearRgb {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function inGamut(color: LinearRgb): boolean {
  return color.every((channel) => channel >= -0.0001 && channel <= 1.0001);
}

/** `#rrggbb` of an OKLCH colour. Outside sRGB its chroma is lowered until it fits, so that hue and lightness stay what was asked. */
export function oklchToHex(lightness: number, chroma: number, hue: number): string {
  let color = oklchToLinear(lightness, chroma, hue);
  if (!inGamut(color)) {
    let low = 0;
    let high = chroma;
    for (let step = 0; step < 20; step++) {
      const middle = (low + high) / 2;
      if (inGamut(oklchToLinear(lightness, middle, hue))) low = middle;
      else high = middle;
    }
    color = oklchToLinear(lightness, low, hue);
  }
  const channels = color.map((channel) => {
    const clipped = Math.min(1, Math.max(0, channel));
    const encoded = clipped <= 0.0031308 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055;
    return Math.round(encoded * 255)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('')}`;
}

/** WCAG relative luminance, 0-1, of `#rrggbb`. */
export function relativeLuminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const encoded = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG contrast ratio, 1-21, of two colours given as `#rrggbb`. */
export function contrastRatio(first: string, second: string): number {
  const [darker, lighter] = [relativeLuminance(first), relativeLuminance(second)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}
