/* Runs scenarios in a cluster that is there already. */
import { runScenarios } from './scenarios';

void runScenarios(process.argv.slice(2)).then(code => process.exit(code));
