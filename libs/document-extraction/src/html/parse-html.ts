import { parseHTML } from 'linkedom';

export interface ParsedPage {
  document: Document;
  /** Elements were nested deeper than {@link maxElementDepth}, and the inner ones taken out of each other. */
  flattened: boolean;
}

/** What reads the tree recurses, and weighs each element by those around it: time grows with depth squared. People nest a dozen deep. */
const maxElementDepth = 64;

/** A page or a piece of one as a tree that is safe to walk. */
export function parsePage(html: string): ParsedPage {
  const whole = /<(?:html|body)[\s>]/i.test(html.slice(0, 20_000));
  const { document } = parseHTML(whole ? html : `<!doctype html><html><head></head><body>${html}</body></html>`);
  return { document, flattened: flatten(document) };
}

/** Removes elements with what is in them. */
export function removeAll(root: ParentNode, selector: string): void {
  for (const element of [...root.querySelectorAll(selector)]) element.remove();
}

/** Moves whatever is nested too deep up to the deepest element allowed, in order. */
function flatten(document: Document): boolean {
  const deep: Element[] = [];
  const root = document.documentElement;
  let depth = 0;
  for (let node: Element | null = root; node; ) {
    if (depth >= maxElementDepth && node.firstElementChild) deep.push(node);
    const child: Element | null = depth < maxElementDepth ? node.firstElementChild : null;
    if (child) {
      depth += 1;
      node = child;
      continue;
    }
    while (node && node !== root && !node.nextElementSibling) {
      node = node.parentElement;
      depth -= 1;
    }
    node = node === root || !node ? null : node.nextElementSibling;
  }
  for (const element of deep) replaceByText(element);
  return deep.length > 0;
}

/** Its text stays, with a space where an element ended, so that words do not grow together. */
function replaceByText(element: Element): void {
  const texts: string[] = [];
  const stack: Node[] = [...element.childNodes].reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.nodeType === 3) texts.push(node.textContent ?? '');
    else if (node.nodeType === 1 && !/^(?:script|style|template|noscript)$/i.test(node.nodeName)) for (const child of [...node.childNodes].reverse()) stack.push(child);
  }
  element.textContent = texts.join(' ');
}
