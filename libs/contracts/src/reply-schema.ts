import { type FieldArguments, type FieldKey, fieldSentence } from './field-texts.js';
import type { Wording } from './wording.js';

/**
 * The JSON schemas that curators may write for a reply: objects of texts, numbers, truth values, choices and lists, and no more. Such a schema
 * can be asked of every provider with structured output, laid out as text, and checked without running anything that its author wrote:
 * no references, no patterns, nothing that grows.
 */
export type ReplySchemaNode = TextNode | NumberNode | BooleanNode | ListNode | ObjectNode;

interface Described {
  title?: string;
  description?: string;
}
export interface TextNode extends Described {
  type: 'string';
  enum?: string[];
  minLength?: number;
  maxLength?: number;
}
export interface NumberNode extends Described {
  type: 'number' | 'integer';
  minimum?: number;
  maximum?: number;
}
export interface BooleanNode extends Described {
  type: 'boolean';
}
export interface ListNode extends Described {
  type: 'array';
  items: ReplySchemaNode;
  minItems?: number;
  maxItems?: number;
}
export interface ObjectNode extends Described {
  type: 'object';
  properties: Record<string, ReplySchemaNode>;
  required?: string[];
  additionalProperties?: false;
}
/** The whole reply is an object. */
export type ReplySchema = ObjectNode;

export interface SchemaIssue {
  /** Keys that lead to what is wrong, from the root. */
  path: string[];
  message: string;
  wording: Wording;
}

export const replySchemaLimits = { bytes: 16_384, depth: 4, properties: 60, propertiesOfObject: 24, choices: 40 } as const;

const maxIssues = 20;
const nameCharacters = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
const reserved = new Set(['constructor', 'prototype', 'hasOwnProperty', 'toString', 'valueOf']);

const keywords: Record<string, readonly string[]> = {
  object: ['properties', 'required', 'additionalProperties'],
  array: ['items', 'minItems', 'maxItems'],
  string: ['enum', 'minLength', 'maxLength'],
  number: ['minimum', 'maximum'],
  integer: ['minimum', 'maximum'],
  boolean: [],
};
const whyNot: Record<string, 'schema_references' | 'schema_definitions' | 'schema_patterns' | 'schema_pattern_properties'> = {
  $ref: 'schema_references',
  $defs: 'schema_definitions',
  definitions: 'schema_definitions',
  pattern: 'schema_patterns',
  patternProperties: 'schema_pattern_properties',
};

/** What keeps the value from being a schema for replies; empty when nothing does. Any value may be given. */
export function schemaIssues(value: unknown): SchemaIssue[] {
  const size = sizeOf(value);
  if (size === null) return [{ path: [], ...fieldSentence('schema_json') }];
  if (size > replySchemaLimits.bytes) {
    return [{ path: [], ...fieldSentence('schema_bytes', { bytes: size, most: replySchemaLimits.bytes }) }];
  }
  const check = new SchemaCheck();
  check.node(value, [], 1);
  if (check.properties > replySchemaLimits.properties) {
    check.issues.push({ path: [], ...fieldSentence('schema_properties', { properties: check.properties, most: replySchemaLimits.properties }) });
  }
  if (isRecord(value) && value['type'] !== 'object' && check.issues.length === 0) {
    check.issues.push({ path: ['type'], ...fieldSentence('schema_root') });
  }
  return check.issues.slice(0, maxIssues);
}

class SchemaCheck {
  readonly issues: SchemaIssue[] = [];
  properties = 0;

  node(value: unknown, path: string[], depth: number): void {
    if (this.issues.length >= maxIssues) return;
    if (!isRecord(value)) return this.tell(path, 'schema_node');
    if (depth > replySchemaLimits.depth + 1) return this.tell(path, 'schema_depth', { levels: replySchemaLimits.depth });
    const { type } = value;
    const own = typeof type === 'string' && Object.hasOwn(keywords, type) ? keywords[type]! : null;
    for (const keyword of Object.keys(value)) {
      if (Object.hasOwn(whyNot, keyword)) this.tell([...path, keyword], whyNot[keyword]!);
      else if (own && !['type', 'title', 'description', ...own].includes(keyword) && !(keyword === '$schema' && path.length === 0)) {
        this.tell([...path, keyword], 'schema_keyword', { keyword: keyword.slice(0, 40), type: String(type) });
      }
    }
    if (!own && type === undefined && Object.keys(value).some((keyword) => Object.hasOwn(whyNot, keyword))) return;
    if (!own) return this.tell([...path, 'type'], 'schema_type', { types: Object.keys(keywords).join(', ') });
    this.words(value, path);
    if (type === 'object') this.object(value, path, depth);
    else if (type === 'array') this.list(value, path, depth);
    else if (type === 'string') this.text(value, path);
    else if (type !== 'boolean') this.bounds(value, path, 'minimum', 'maximum', (number) => Number.isFinite(number));
  }

  private object(value: Record<string, unknown>, path: string[], depth: number): void {
    const { properties, required, additionalProperties } = value;
    if (additionalProperties !== undefined && additionalProperties !== false) {
      this.tell([...path, 'additionalProperties'], 'schema_additional');
    }
    if (!isRecord(properties) || Object.keys(properties).length === 0) {
      return this.tell([...path, 'properties'], 'schema_no_properties');
    }
    const names = Object.keys(properties);
    if (names.length > replySchemaLimits.propertiesOfObject) {
      this.tell([...path, 'properties'], 'schema_object_properties', { most: replySchemaLimits.propertiesOfObject });
    }
    this.properties += names.length;
    const isWhole = Array.isArray(required) && names.every((name) => required.includes(name)) && required.every((name) => names.includes(name as string));
    if (required !== undefined && !isWhole) {
      this.tell([...path, 'required'], 'schema_required');
    }
    for (const name of names.slice(0, replySchemaLimits.propertiesOfObject)) {
      const at = [...path, 'properties', name];
      if (!nameCharacters.test(name) || reserved.has(name)) {
        this.tell(at, 'schema_name');
      }
      this.node(properties[name], at, depth + 1);
    }
  }

  private list(value: Record<string, unknown>, path: string[], depth: number): void {
    const { items } = value;
    if (isRecord(items) && items['type'] === 'array') this.tell([...path, 'items'], 'schema_list_of_lists');
    else this.node(items, [...path, 'items'], depth + 1);
    this.bounds(value, path, 'minItems', 'maxItems', (number) => Number.isInteger(number) && number >= 0 && number <= 100);
  }

  private text(value: Record<string, unknown>, path: string[]): void {
    this.bounds(value, path, 'minLength', 'maxLength', (number) => Number.isInteger(number) && number >= 0 && number <= 20_000);
    const choices = value['enum'];
    if (choices === undefined) return;
    const areChoices = Array.isArray(choices) && choices.length > 0 && choices.every((choice) => typeof choice === 'string' && choice.trim() !== '' && choice.length <= 100);
    if (!areChoices || new Set(choices).size < choices.length || choices.length > replySchemaLimits.choices) {
      this.tell([...path, 'enum'], 'schema_choices', { most: replySchemaLimits.choices });
    }
  }

  private words(value: Record<string, unknown>, path: string[]): void {
    for (const [keyword, most] of [['title', 80], ['description', 1_000]] as const) {
      const text = value[keyword];
      if (text === undefined || (typeof text === 'string' && text.trim() !== '' && text.length <= most)) continue;
      this.tell([...path, keyword], 'schema_words', { keyword, most });
    }
  }

  private bounds(value: Record<string, unknown>, path: string[], least: string, most: string, isBound: (number: number) => boolean): void {
    const sound = [least, most].every((keyword) => {
      const bound = value[keyword];
      if (bound === undefined || (typeof bound === 'number' && isBound(bound))) return true;
      this.tell([...path, keyword], 'schema_range', { keyword });
      return false;
    });
    const [from, to] = [value[least], value[most]];
    if (sound && typeof from === 'number' && typeof to === 'number' && from > to) this.tell([...path, most], 'schema_order', { most, least });
  }

  private tell<Key extends FieldKey>(path: string[], key: Key, ...params: FieldArguments<Key>): void {
    this.issues.push({ path, ...fieldSentence(key, ...params) });
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Bytes of the value as JSON; null when it is none, or so deep that nothing can write it. */
function sizeOf(value: unknown): number | null {
  try {
    const json = JSON.stringify(value) as string | undefined;
    return json === undefined ? null : new TextEncoder().encode(json).length;
  } catch {
    return null;
  }
}
