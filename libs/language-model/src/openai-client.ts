import OpenAI from 'openai';

export interface OpenAiClientOptions {
  /** Absent: no `Authorization` header is sent, as local servers like it. */
  apiKey?: string | undefined;
  /** Up to and with the version, for example `http://localhost:11434/v1`. Default: OpenAI's own. */
  baseUrl?: string | undefined;
  fetch?: typeof fetch;
}

export const openAiBaseUrl = 'https://api.openai.com/v1';

/** A client of OpenAI's API, or of a server that speaks like it. It takes nothing from the environment, tries nothing again and logs nothing. */
export function createOpenAiClient({ apiKey, baseUrl = openAiBaseUrl, ...more }: OpenAiClientOptions): OpenAI {
  return new OpenAI({
    // The SDK insists on a key; the null header below keeps the stand-in from being sent.
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: baseUrl.replace(/\/+$/, ''),
    defaultHeaders: apiKey ? {} : { Authorization: null },
    maxRetries: 0,
    // The SDK's log lines can hold what users, personas and documents say.
    logLevel: 'off',
    ...more,
  });
}
