import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import {
  AST,
  type Binary,
  type Call,
  Interpolation,
  LiteralMap,
  LiteralPrimitive,
  type ParsedTemplate,
  PropertyRead,
  RecursiveAstVisitor,
  TemplateLiteral,
  type TmplAstBoundText,
  type TmplAstElement,
  type TmplAstNode,
  TmplAstRecursiveVisitor,
  type TmplAstText,
  type TmplAstTextAttribute,
  parseTemplate,
  tmplAstVisitAll,
} from '@angular/compiler';
import ts from 'typescript';

const sources = join(import.meta.dirname, '..');

/** A text that a source asks for. */
export interface TextUse {
  file: string;
  line: number;
  /** Its key; with a `*` for the part that is computed, where one is. */
  key: string;
  /** Whether it names a route: such a text is first needed when the route's scopes are there. */
  title: boolean;
  /** Names of the values it passes; null where that is not written out. */
  values: string[] | null;
}

/** Words for readers that stand in a source instead of a text. */
export interface BareWords {
  file: string;
  line: number;
  words: string;
}

export interface SourceTexts {
  uses: TextUse[];
  bare: BareWords[];
}

/** Written the same in every language. */
const names = /^(Dramatis|npm start|sha256|BM25|SHA-256|Temporal|ms|UTC|AI|Samsung Internet)$/;
/** Attributes that say something to a reader, also as inputs of our components. */
const said = new Set(['aria-label', 'aria-description', 'alt', 'title', 'placeholder', 'label', 'heading', 'message', 'direction', 'lead', 'hint', 'action', 'busyWords', 'failed', 'kicker']);
/** Attributes whose value may look like words and is none. */
const technical = new Set(['class', 'style', 'd', 'viewBox', 'points', 'transform', 'pattern', 'rel', 'autocomplete', 'accept', 'sizes', 'srcset', 'aria-describedby', 'aria-labelledby', 'routerLink', 'href', 'allow']);

const hasLetters = (text: string): boolean => /\p{L}/u.test(text);
/** Several words, or one that begins with a capital. */
const looksLikeWords = (text: string): boolean => /\p{L}{2,}[,;:]?\s+\p{L}/u.test(text) || /^\s*[\p{Lu}“][\p{Ll}’]+[.…:]?\s*$/u.test(text);
/** A key, with a `*` for each part that is computed. */
const looksLikeKey = (text: string): boolean => /^[a-z]\w*(\.[\w*-]+)+$/.test(text);

/** Expressions of a template: texts asked for, and words. */
class Expressions extends RecursiveAstVisitor {
  constructor(
    private readonly found: SourceTexts,
    private readonly file: string,
    private readonly lineAt: (offset: number) => number,
  ) {
    super();
  }

  override visitCall(call: Call, context: unknown): void {
    const { receiver, args } = call;
    if (receiver instanceof PropertyRead && receiver.name === 't') {
      const [key, values] = args;
      const passed = values === undefined ? [] : values instanceof LiteralMap ? values.keys.map((entry) => ('key' in entry ? String(entry.key) : '')) : null;
      for (const literal of literalsOf(key)) this.use(literal, passed, call.sourceSpan.start);
    }
    super.visitCall(call, context);
  }

  override visitBinary(binary: Binary, context: unknown): void {
    if (/^[!=]==?$/.test(binary.operation)) return;
    super.visitBinary(binary, context);
  }

  override visitLiteralPrimitive(literal: LiteralPrimitive): void {
    if (typeof literal.value !== 'string' || names.test(literal.value)) return;
    if (looksLikeWords(literal.value)) this.found.bare.push({ file: this.file, line: this.lineAt(literal.sourceSpan.start), words: literal.value });
  }

  override visitTemplateLiteral(literal: TemplateLiteral, context: unknown): void {
    const words = literal.elements.map(({ text }) => text).join('…');
    if (looksLikeWords(words)) this.found.bare.push({ file: this.file, line: this.lineAt(literal.sourceSpan.start), words });
    super.visitTemplateLiteral(literal, context);
  }

  private use(key: string, values: string[] | null, offset: number): void {
    this.found.uses.push({ file: this.file, line: this.lineAt(offset), key, title: false, values });
  }
}

/** The keys that an expression may come to, as far as they are written in it. */
function literalsOf(ast: AST | undefined): string[] {
  if (ast instanceof LiteralPrimitive) return typeof ast.value === 'string' ? [ast.value] : [];
  if (ast instanceof TemplateLiteral) return [ast.elements.map(({ text }) => text).join('*')];
  if (ast && 'trueExp' in ast && 'falseExp' in ast) return [...literalsOf(ast.trueExp as AST), ...literalsOf(ast.falseExp as AST)];
  return [];
}

/** Nodes of a template: words in text and attributes, and every expression. */
class Nodes extends TmplAstRecursiveVisitor {
  private inCode = false;
  private readonly expressions: Expressions;

  constructor(
    private readonly found: SourceTexts,
    private readonly file: string,
    private readonly lineAt: (offset: number) => number,
  ) {
    super();
    this.expressions = new Expressions(found, file, lineAt);
  }

  override visitElement(element: TmplAstElement): void {
    const outside = this.inCode;
    this.inCode ||= element.name === 'code' || element.name === 'kbd';
    super.visitElement(element);
    this.inCode = outside;
  }

  override visitText(text: TmplAstText): void {
    this.words(text.value, text.sourceSpan.start.offset);
  }

  override visitBoundText(text: TmplAstBoundText): void {
    const ast = 'ast' in text.value ? (text.value.ast as AST) : text.value;
    if (ast instanceof Interpolation) ast.strings.forEach((words) => this.words(words, text.sourceSpan.start.offset));
  }

  override visitTextAttribute(attribute: TmplAstTextAttribute): void {
    const { name, value } = attribute;
    const isAddress = /[/*@]|\.\w/.test(value) && !/\s/.test(value);
    if (technical.has(name) || isAddress || !(said.has(name) ? hasLetters(value) : looksLikeWords(value))) return;
    this.found.bare.push({ file: this.file, line: this.lineAt(attribute.sourceSpan.start.offset), words: `${name}="${value}"` });
  }

  /** Every node passes through here, whatever its kind: the expressions that it holds are read, then the node. */
  visit(node: TmplAstNode): void {
    for (const value of Object.values(node)) if (value instanceof AST) value.visit(this.expressions);
    node.visit(this);
  }

  private words(text: string, offset: number): void {
    const words = text.replace(/\s+/g, ' ').trim();
    if (hasLetters(words) && !this.inCode && !names.test(words)) this.found.bare.push({ file: this.file, line: this.lineAt(offset), words });
  }
}

export function readTemplate(template: string, file: string, firstLine: number, found: SourceTexts): void {
  const parsed: ParsedTemplate = parseTemplate(template, file, { preserveWhitespaces: true });
  if (parsed.errors?.length) throw new Error(`${file}: ${parsed.errors.map(({ msg }) => msg).join('; ')}`);
  const lineAt = (offset: number): number => firstLine + template.slice(0, offset).split('\n').length - 1;
  const nodes = new Nodes(found, file, lineAt);
  tmplAstVisitAll(nodes, parsed.nodes);
}

/** Whether a string in code is none for readers: a module, a name of something, the message of an error. */
function isTechnical(node: ts.Node): boolean {
  for (let at: ts.Node = node, parent = node.parent; parent; at = parent, parent = parent.parent) {
    if (ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isDecorator(parent) || ts.isTypeNode(parent) || ts.isTaggedTemplateExpression(parent)) return true;
    if (ts.isNewExpression(parent) && /(Error|Problem|Exception)$/.test(parent.expression.getText())) return true;
    if (ts.isCallExpression(parent) && /^console\.|querySelector|matchMedia|\.(closest|matches|getPropertyValue)$/.test(parent.expression.getText())) return true;
    if (ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText())) return true;
    if (ts.isPropertyAssignment(parent) && parent.name === at) return true;
    if (ts.isBlock(parent)) return false;
  }
  return false;
}

export function readCode(code: string, file: string, found: SourceTexts): void {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const lineOf = (node: ts.Node): number => source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'template' && ts.isStringLiteralLike(node.initializer)) {
      readTemplate(node.initializer.text, file, lineOf(node.initializer), found);
      return;
    }
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      const words = ts.isStringLiteralLike(node) ? node.text : [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('*');
      const isName = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
      if (looksLikeKey(words) && !isName) found.uses.push({ file, line: lineOf(node), key: words, title: calledWith(node) === 'titled', values: passedWith(node) });
      if (isSentence(words) && !isTechnical(node) && !names.test(words)) found.bare.push({ file, line: lineOf(node), words });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}

/** Code is full of strings: only what begins as a sentence does is taken for words. */
function isSentence(text: string): boolean {
  return /^[“(]?\p{Lu}[\p{L}’]*[,;:]?\s+\S*\p{L}{2}/u.test(text) || /^\p{L}[^<>{}=]*\s\p{L}+[.!?]$/u.test(text);
}

/** What is called with this first; null when nothing is. */
function calledWith(node: ts.Node): string | null {
  const call = node.parent;
  return ts.isCallExpression(call) && call.arguments[0] === node ? call.expression.getText() : null;
}

/** The names of the values beside a key in a call of `t`; none where it is called with the key alone, null where it is not called here. */
function passedWith(key: ts.Node): string[] | null {
  if (!/(^|\.)t$/.test(calledWith(key) ?? '')) return null;
  const values = (key.parent as ts.CallExpression).arguments[1];
  if (!values) return [];
  if (!ts.isObjectLiteralExpression(values) || values.properties.some(ts.isSpreadAssignment)) return null;
  return values.properties.map((property) => property.name?.getText() ?? '');
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(sources, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => /\.(ts|html)$/.test(file) && !file.endsWith('.spec.ts'));
}

/** What the sources of the pages ask for and say, read from the sources themselves. */
export function sourceTexts(): SourceTexts {
  const found: SourceTexts = { uses: [], bare: [] };
  for (const file of filesBelow('app')) {
    const content = readFileSync(join(sources, file), 'utf8');
    if (file.endsWith('.html')) readTemplate(content, file, 1, found);
    else readCode(content, file, found);
  }
  return found;
}

/**
 * Whatever a source is shown by: itself, what it imports, and its template; with the scopes that `withTexts` has fetched by then. What a source
 * fetches by `withTexts` and also imports, it shows in a block that is deferred until then.
 */
export function* pagesWithScopes(file = 'main.ts', scopes: readonly string[] = [], seen = new Set<string>()): Generator<{ file: string; scopes: readonly string[] }> {
  const visit = `${file} ${[...scopes].sort().join(' ')}`;
  if (seen.has(visit)) return;
  seen.add(visit);
  yield { file, scopes };
  if (file.endsWith('.html')) return;
  const code = readFileSync(join(sources, file), 'utf8');
  const target = (path: string): string => relative(sources, join(sources, dirname(file), path.endsWith('.html') ? path : `${path}.ts`));
  const scoped = /withTexts\(\[([^\]]*)\], \(\) => (?:\{[^}]*?\breturn )?import\('(\.[^']+)'\)/g;
  const deferred = new Set<string>();
  for (const [, list = '', path = ''] of code.matchAll(scoped)) {
    deferred.add(path);
    yield* pagesWithScopes(target(path), [...new Set([...scopes, ...(list.match(/\w+/g) ?? [])])], seen);
  }
  const others = code.replace(scoped, '').matchAll(/(?:^import (?!type)[^;]*?from |import\(|templateUrl: )'(\.[^']+)'/gm);
  for (const [, path = ''] of others) if (!path.includes('/i18n/') && !deferred.has(path)) yield* pagesWithScopes(target(path), scopes, seen);
}
