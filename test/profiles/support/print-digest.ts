import { createHash } from "node:crypto";

import { renderProfileSet } from "../../../profiles/profile-set.ts";
import { example, exampleNames } from "./examples.ts";

/** Prints one digest over all example sets, and what was in force; run in a child process with another clock and locale. */
const hash = createHash("sha256");
for (const name of exampleNames) {
  const set = renderProfileSet(example(name));
  for (const { path, bytes } of [...set.files, set.manifest]) hash.update(path).update(bytes);
}
const { locale, timeZone } = new Intl.DateTimeFormat().resolvedOptions();
// Swedish sorts "ä" after "z", most others before it: shows that sorting really follows the locale.
const sorted = ["z", "ä"].sort((a, b) => a.localeCompare(b)).join("");
console.log(JSON.stringify({ digest: hash.digest("hex"), locale, timeZone, sorted }));
