import type { ExtractionFailureCode } from './extraction-failure-codes.js';
import type { turnFailureCodes } from './turn-failure-codes.js';

/**
 * Why a document was not brought in, a file not taken, a run not completed, or something not described, by its stored code. The sentence
 * that is stored beside the code says more and is English; these say it in general, for other languages, also of what was stored before.
 */
export const reasonTexts = {
  empty: 'The file is empty.',
  no_text: 'It holds no text that could be read.',
  binary: 'The file is not text, whatever its name says.',
  unsupported_format: 'The file is of a format that is not accepted, or nothing of use was found in it.',
  encrypted: 'The file is protected by a password or against copying.',
  too_large: 'It is larger than what is accepted.',
  too_many_pages: 'It has more pages than are accepted.',
  corrupt: 'The file is damaged and could not be read.',
  invalid_encoding: 'Too many bytes of the file are no letters in its encoding.',
  archive_bomb: 'The file unpacks to far more than is accepted.',
  archive_path_refused: 'The file holds a part with a name that no program writes by accident.',
  timed_out: 'It took too long and was given up.',
  out_of_memory: 'Reading it took more memory than one document may take.',
  interrupted: 'It was interrupted.',
  overloaded: 'Too much waited at once.',
  closed: 'Reading was stopped.',
  too_many_files: 'More files were sent at once than are accepted.',

  url_invalid: 'The address is not that of a page.',
  scheme_refused: 'Only http and https addresses are fetched.',
  credentials_refused: 'Addresses with a user name or password in them are not fetched.',
  port_refused: 'The port is not one that web pages are served on. An administrator can allow it.',
  address_refused: 'The host is inside a network, not a public web server. An administrator can allow trusted hosts.',
  host_not_found: 'There is no host of this name.',
  unreachable: 'The host could not be reached.',
  certificate_invalid: 'The secure connection to the host cannot be trusted.',
  too_many_redirects: 'The address leads from one to another too often.',
  content_type_refused: 'What is sent from the address is of a kind that is not read here.',
  http_status: 'The server did not give the page.',
  response_invalid: 'What the server sent could not be understood.',
  robots_disallowed: 'The site’s robots.txt asks not to fetch it.',
  robots_unavailable: 'The site’s robots.txt could not be read, so nothing may be fetched until it can.',
  out_of_scope: 'It leads to what this source does not cover.',
  not_a_sitemap: 'It is no sitemap.',
  not_a_feed: 'It is neither an RSS nor an Atom feed.',

  noindex: 'The page asks search engines and the like not to keep it.',
  same_bytes: 'It is the same file as another one.',
  same_text: 'It says the same as another document.',
  near_duplicate: 'It says nearly the same as another document.',
  same_address: 'It leads to a page that this run has already.',
  all_documents_failed: 'None of the documents could be brought in.',
  corpus_check_failed: 'The corpus did not stand its checks.',

  persona_not_found: 'The persona does not exist any more.',
  no_provider: 'No language model is configured for it.',
  rate_limited: 'The language model was asked more often than its provider allows.',
  unavailable: 'The language model was out of reach.',
  refused: 'The language model refused it.',
  context_exceeded: 'It was too long for the language model.',
  output_truncated: 'The language model’s answer was cut off.',
  invalid_request: 'The request was not accepted.',
  not_authorised: 'The provider of the language model does not accept its key.',
  malformed_response: 'The language model’s answer could not be read.',
  circuit_open: 'The provider of the language model had failed several times, and was left alone for a while.',
  worker_lost: 'The process that worked on it was lost.',
  search_unavailable: 'The search server was out of reach.',
  database_unavailable: 'The database was out of reach.',
  storage_unavailable: 'The store of originals was out of reach.',
  internal: 'Something went wrong on our side.',
} as const satisfies Record<ExtractionFailureCode | (typeof turnFailureCodes)[number], string> & Record<string, string>;

export type ReasonCode = keyof typeof reasonTexts;
