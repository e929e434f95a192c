import { createHash } from "node:crypto";

import { renderProfileSet } from "../../../profiles/profile-set.ts";
import { example, exampleNames } from "./examples.ts";

/** Prints one digest over all example sets; run in a child process with another clock and locale. */
const hash = createHash("sha256");
for (const name of exampleNames) {
  const set = renderProfileSet(example(name));
  for (const { path, bytes } of [...set.files, set.manifest]) hash.update(path).update(bytes);
}
console.log(hash.digest("hex"));
