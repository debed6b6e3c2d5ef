import { createAnthropicModel } from './anthropic-model.js';
import { createBuiltInModel } from './built-in/built-in-model.js';
import { createOpenAiCompatibleModel } from './openai-compatible-model.js';
import type { LanguageModel } from './port.js';
import { createModelRouter, type ModelRouter, type ModelRouterOptions } from './router.js';
import type { LanguageModelSettings } from './settings.js';

/** The models that the settings configure, and always the built-in one, so that a persona's own route can name it. */
export function modelsFromSettings({ anthropic, openai }: LanguageModelSettings): LanguageModel[] {
  return [
    ...(anthropic ? [createAnthropicModel({ id: 'anthropic', ...anthropic })] : []),
    ...(openai ? [createOpenAiCompatibleModel({ id: 'openai', ...openai })] : []),
    createBuiltInModel(),
  ];
}

/** The router over those models, with the settings' route and weights. */
export function routerFromSettings(
  settings: LanguageModelSettings,
  options: Pick<ModelRouterOptions, 'circuitBreaker' | 'onCircuitChange'> = {},
): ModelRouter {
  const { route, weights } = settings;
  return createModelRouter({ models: modelsFromSettings(settings), defaultRoute: route, weights, ...options });
}
