/** Long enough for a busy machine, short enough for the tests that wait for them. In milliseconds. */
const timeouts = { first: 4_000, idle: 4_000, total: 30_000 };

/** The worker's variables for both vendors at one model server, Anthropic first. */
export function providersAt(modelServerUrl: string): Record<string, string> {
  return {
    ANTHROPIC_API_KEY: 'key-of-the-stand-in',
    ANTHROPIC_BASE_URL: modelServerUrl,
    ANTHROPIC_MODEL: 'stand-in-a',
    OPENAI_API_KEY: 'key-of-the-stand-in',
    OPENAI_BASE_URL: `${modelServerUrl}/v1`,
    OPENAI_MODEL: 'stand-in-o',
    OPENAI_STRUCTURED_OUTPUT: 'true',
    OPENAI_CONTEXT_WINDOW_TOKENS: '32000',
    DRAMATIS_FIRST_TOKEN_TIMEOUT_MS: String(timeouts.first),
    DRAMATIS_IDLE_TIMEOUT_MS: String(timeouts.idle),
    DRAMATIS_TOTAL_TIMEOUT_MS: String(timeouts.total),
  };
}
