/** Persona, instructions and the user's message alone exceed the model's context window: nothing is left to trim. */
export class PromptTooLargeError extends Error {
  override readonly name = 'PromptTooLargeError';
  readonly code = 'context_exceeded';

  constructor(
    /** Estimate of what cannot be left out. */
    readonly requiredTokens: number,
    readonly availableTokens: number,
  ) {
    super(
      `The message and the persona need about ${requiredTokens} tokens, but the model takes ${availableTokens}. ` +
        'Shorten the message, or use a model with a larger context window.',
    );
  }
}
