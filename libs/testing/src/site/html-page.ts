export interface HtmlPage {
  title: string;
  paragraphs: readonly string[];
  links?: readonly { href: string; text: string; rel?: string }[];
  /** Further elements of the head. */
  head?: string;
}

/** A page as sites have them: what it is about, between navigation and footer that every page repeats. */
export function htmlPage({ title, paragraphs, links = [], head = '' }: HtmlPage): string {
  const anchors = links.map(({ href, text, rel }) => `<li><a href="${escapeHtml(href)}"${rel ? ` rel="${rel}"` : ''}>${escapeHtml(text)}</a></li>`);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title>${head}</head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li></ul></nav>
<main><article>
<h1>${escapeHtml(title)}</h1>
${paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n')}
</article></main>
<aside><ul>${anchors.join('')}</ul></aside>
<footer><p>The keepers of this almanac use cookies for nothing at all.</p></footer>
</body>
</html>
`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
