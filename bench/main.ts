import { benches } from "./benches.ts";
import { machine } from "./measure.ts";
import { runBenches } from "./run-benches.ts";

const say = (line: string) => void process.stdout.write(`${line}\n`);
say(machine());
process.exitCode = await runBenches(benches, process.argv.slice(2), say);
