import { inWords, type ParamsOf, type SentenceParams } from './sentence.js';
import type { Wording } from './wording.js';

/**
 * What is wrong with one field, in English, said after the field's name: "Name must not be empty". Schemas take their messages from here,
 * so that a message leads back to its key; the pages have the same keys in their languages.
 */
export const fieldTexts = {
  needed: 'is needed',
  text: 'must be a text',
  number: 'must be a number',
  whole_number: 'must be a whole number',
  truth_value: 'must be true or false',
  list: 'must be a list',
  object: 'must be an object with fields',
  other_kind: 'is not of the kind that is expected here',
  empty: 'must not be empty',
  too_short: 'must have at least {minimum} characters',
  too_long: 'may have at most {maximum} characters',
  too_few: 'must have at least {minimum} entries',
  too_many: 'may have at most {maximum} entries',
  too_low: 'must be at least {minimum}',
  too_high: 'may be at most {maximum}',
  no_multiple: 'must be a multiple of {divisor}',
  no_choice: 'must be one of {choices}',
  unknown_fields: 'has fields that are not known here: {fields}',
  form: 'is not in the form that is expected here',
  date_time: 'must be a date and time such as 2026-05-31T18:00:00Z',
  no_alternative: 'is none of what is accepted here',

  change_nothing: 'must change at least one field',
  one_line: 'must be one line',
  uuid: 'must be a UUID',
  slug: 'must be lower-case letters, digits and single hyphens',
  custom_id: 'must be custom. and a slug of lower-case letters, digits and single hyphens',
  hexadecimal_32: 'must be 32 hexadecimal digits',
  hexadecimal_64: 'must be 64 hexadecimal digits',
  share_token: 'must be the 43 characters of the link',
  language_tag: 'must be a language tag such as en or pt-BR',
  current_password: 'is needed for a new password or address',
  api_key_id: 'must be the id of a key',
  in_future: 'must be in the future',
  email: 'must be an e-mail address',
  password_too_short: 'must have at least {minimum} characters',
  password_too_long: 'may have at most {maximum} bytes',
  password_repeats: 'must not repeat a few characters',
  password_common: 'is among the first that are guessed',
  password_address: 'must not be made of the e-mail address',
  provider_id: 'must be the name of a provider',
  own_path: 'must be a path of this site, such as /conversations',
  avatar_file: 'must be an avatar’s name, such as <64 hexadecimal digits>-128.webp',
  web_address: 'must be an address that begins with http:// or https://, without a user name or password',
  host: 'must be a host such as example.org or *.example.org',
  cron: 'must have five fields: minute, hour, day of month, month, day of week',
  time_zone: 'must be a time zone such as Europe/London',
  other_entity: 'must be another entity than from',
  image_address: 'must be the path of a picture on this site, or an https address',
  foreign_rule: 'is no rule for {base}',
  out_of_order: 'must not be less than {least}',

  nested_too_deep: 'must not be nested deeper than {levels} levels',
  key_not_allowed: 'is not an allowed key',
  no_fields: 'must name at least one field',
  unknown_field: '"{field}" is none of {fields}',
  unknown_mode: 'There is no mode {id}',
  unknown_format: 'There is no format {id}',
  picture_gone: 'shows a picture that is gone: one that nothing shows is removed after a day. Upload it again.',
  too_many_documents: 'a source holds at most {most} documents',
  schedule_of_web: 'only sources of the web are ingested by themselves',
  settings_of_web: 'only sources of the web have settings',
  documents_of_web: 'the documents of this source are found on the web',
  source_of_texts: 'this source holds texts; make one of uploads',
  source_of_uploads: 'this source holds uploads; make one of texts',
  no_such_setting: 'a source of kind {kind} has no such setting',

  schema_json: 'The schema must be JSON.',
  schema_bytes: 'The schema has {bytes} bytes; it may have {most}.',
  schema_properties: 'The schema has {properties} properties; it may have {most}.',
  schema_root: 'The whole reply must be an object: "type": "object".',
  schema_node: 'Must be an object that describes a value.',
  schema_depth: 'Values may be nested {levels} deep.',
  schema_references: 'References are not followed: write the part out where it is used.',
  schema_definitions: 'Definitions are not used: write each part out where it is used.',
  schema_patterns: 'Patterns are not checked: say in the description what the text is to look like, or list its choices in "enum".',
  schema_pattern_properties: 'The names of all properties must be known: list them in "properties".',
  schema_keyword: '"{keyword}" is not used for {type} values.',
  schema_type: '"type" must be one of {types}.',
  schema_additional: 'No other properties are allowed: write false, or leave it out.',
  schema_no_properties: 'List at least one property.',
  schema_object_properties: 'An object may have {most} properties.',
  schema_required: 'Every property is asked for: list them all, or leave "required" out. A text that may be missing can be empty.',
  schema_name: 'A property is named with letters, digits and underscores, a letter first; use "title" for what readers see.',
  schema_list_of_lists: 'A list of lists has no layout: make the inner one a property of an object.',
  schema_choices: 'List up to {most} different texts of at most 100 characters.',
  schema_words: '"{keyword}" is a text of 1 to {most} characters.',
  schema_range: '"{keyword}" is out of range.',
  schema_order: '"{most}" is less than "{least}".',
} as const;

export type FieldKey = keyof typeof fieldTexts;

/** What follows a key: the values of its sentence, where it has any. */
export type FieldArguments<Key extends FieldKey> = ParamsOf<(typeof fieldTexts)[Key]> extends Record<string, never> ? [] : [params: ParamsOf<(typeof fieldTexts)[Key]>];

/** A sentence about a field in English, and the same for other languages. */
export function fieldSentence<Key extends FieldKey>(key: Key, ...given: FieldArguments<Key>): { message: string; wording: Wording } {
  const params: SentenceParams = given[0] ?? {};
  return { message: inWords(fieldTexts[key], params), wording: fieldWording(key, params) };
}

export function fieldWording(key: FieldKey, params: SentenceParams = {}): Wording {
  return { key: `fields.${key}`, params };
}
