import type { ResponseFormat } from '@dramatis/contracts/format';
import { type InteractionMode, interactionModes } from '@dramatis/contracts/mode';
import { modeContract } from './modes.js';
import { validateMode } from './mode-rules.js';

describe('modeContract', () => {
  it.each(interactionModes)('%s has instructions and rules of its own', (mode) => {
    const contract = modeContract(mode);
    expect(contract.mode).toBe(mode);
    expect(contract.instructions.length).toBeGreaterThan(200);
    expect(contract.rules.length).toBeGreaterThan(0);
    for (const { rule } of contract.rules) expect(rule.startsWith(`${mode}.`)).toBe(true);
  });
});

describe('validateMode', () => {
  it.each<[InteractionMode, ResponseFormat, string]>([
    ['interviewer', 'free', 'I kept bees myself, and lost them in the winter. [1]\n\nWhat made you begin?'],
    ['interviewer', 'bullet_points', '- I kept bees.\n- I lost them.\n\nWhat made you begin?'],
    ['audience', 'free', 'Your second point struck me more than the first.'],
    ['audience', 'free', 'Have you tried it in the rain?'],
    ['educator', 'free', 'First warm the glass, then trim the wick.'],
    ['educator', 'essay', '# Lamps\n\nTake a small lamp, for example.\n\nIt burns the same oil.'],
    ['educator', 'bullet_points', '- Warm the glass.\n- Trim the wick.'],
    ['lecturer', 'free', 'The lamp has a history.\n\nIt began with oil.\n\nIt ended with gas.'],
    ['debater', 'free', 'I hold that oil is the better fuel. It is true that gas is brighter, but it fails in the cold.'],
    ['debater', 'free', 'Das Öl ist der bessere Brennstoff, und daran halte ich fest.'],
  ])('accepts what keeps the contract of %s in %s', (mode, format, text) => {
    expect(validateMode(mode, format, text)).toEqual([]);
  });

  it.each<[string, InteractionMode, ResponseFormat, string]>([
    ['interviewer.asks', 'interviewer', 'free', 'I kept bees. Why? I liked them.\n\nI lost them.\n\nThat is all there is to tell of the matter.'],
    ['audience.brief', 'audience', 'free', `You said much. ${'And I thought of it. '.repeat(40)}`],
    ['audience.responds', 'audience', 'free', 'The lamp is on the rock in the sea.'],
    ['educator.steps_or_example', 'educator', 'free', 'The lamp is a fine thing and it burns on the rock.'],
    ['lecturer.develops', 'lecturer', 'free', 'The lamp burns.'],
    ['debater.position', 'debater', 'free', 'The lamp burns oil, but the gas is bright and it is in the town.'],
    ['debater.objection', 'debater', 'free', 'I hold that the oil is the best of the fuels in the lamp.'],
  ])('finds %s', (rule, mode, format, text) => {
    expect(validateMode(mode, format, text)).toEqual([expect.objectContaining({ rule })]);
  });

  it('does not take citation marks for words', () => {
    expect(validateMode('audience', 'free', `You moved me. ${'[1] '.repeat(300)}`)).toEqual([]);
  });
});
