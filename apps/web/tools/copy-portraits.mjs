/** Copies `tools/seed/personas/<personaId>/portrait.svg` to `generated/portraits/<personaId>.svg`, where the build's assets take them from. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const personas = join(import.meta.dirname, '../../../tools/seed/personas');
const target = join(import.meta.dirname, '../generated/portraits');

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const ids = existsSync(personas) ? readdirSync(personas) : [];
for (const id of ids) {
  const portrait = join(personas, id, 'portrait.svg');
  if (existsSync(portrait)) copyFileSync(portrait, join(target, `${id}.svg`));
}
