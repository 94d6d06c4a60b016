// Plays the suite in a file, in a process, and writes the report to another.

import { readFile, writeFile } from "node:fs/promises";
import { argv } from "node:process";
import { playSuite, type Suite } from "./play-suite";

const [suite = "", report = ""] = argv.slice(2);
await writeFile(report, JSON.stringify(await playSuite(JSON.parse(await readFile(suite, "utf8")) as Suite)));
