#!/usr/bin/env node
import { runTests } from './run/run-tests.mjs';

process.exitCode = await runTests(process.argv.slice(2));
// Whatever still holds the process open, such as a pipe of a killed child, must not keep the caller waiting.
process.exit();
