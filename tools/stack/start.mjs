#!/usr/bin/env node
import { runLauncher } from './start/launcher.mjs';

process.exitCode = await runLauncher(process.argv.slice(2));
