import { extractionFailureOutcomes } from '@dramatis/contracts/extraction-failure-codes';
import { reasonTexts } from '@dramatis/contracts/reason-texts';
import { uploadResult } from '@dramatis/contracts/source';
import type { WebFetchErrorCode } from '@dramatis/web-fetch/web-fetch-error';

/** Whole by its type. */
const ofTheWeb: Record<WebFetchErrorCode, true> = {
  ...{ url_invalid: true, scheme_refused: true, credentials_refused: true, port_refused: true, address_refused: true, host_not_found: true, unreachable: true },
  ...{ certificate_invalid: true, timed_out: true, too_many_redirects: true, too_large: true, content_type_refused: true, http_status: true, interrupted: true },
  ...{ response_invalid: true, robots_disallowed: true, robots_unavailable: true, out_of_scope: true, not_a_sitemap: true, not_a_feed: true },
};

describe('the reasons of documents', () => {
  it('have a sentence for each code that fetching, extracting and uploading give', () => {
    const ofUploads = uploadResult.options[1].shape.code.options;
    const codes = [...Object.keys(ofTheWeb), ...Object.keys(extractionFailureOutcomes), ...ofUploads];
    expect(codes.filter((code) => !(code in reasonTexts))).toEqual([]);
  });
});
