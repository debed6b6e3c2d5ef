/**
 * The page that shows all pictures, in Markdown.
 *
 * @param {readonly import('./pages.mjs').PictureOf[]} pages
 * @param {readonly { name: string }[]} looks
 */
export function galleryOf(pages, looks) {
  const sections = pages.map(({ name, title }) => {
    const wide = looks.filter((look) => look.name.startsWith('wide')).map((look) => image(name, title, look.name, 410));
    const narrow = looks.filter((look) => look.name.startsWith('narrow')).map((look) => image(name, title, look.name, 180));
    return `## ${title}\n\n${wide.join(' ')}\n\n${narrow.join(' ')}\n`;
  });
  return `# Every page\n\nWide and narrow, light and dark. Taken by \`npm run screenshots\`.\n\n${sections.join('\n')}`;
}

/**
 * @param {string} name
 * @param {string} title
 * @param {string} look
 * @param {number} width in pixels
 */
function image(name, title, look, width) {
  return `<img src="${name}-${look}.webp" width="${width}" alt="${title}, ${look.replace('-', ', ')}">`;
}
