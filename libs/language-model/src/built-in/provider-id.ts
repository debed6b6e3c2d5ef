/** The provider that composes replies from passages itself, and asks no vendor. */
export const builtInProviderId = 'built-in';
