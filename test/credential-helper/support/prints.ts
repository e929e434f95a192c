import { guardStandardOutput } from "../../../credential-helper/output.ts";

/** Prints in every way a library could. */
guardStandardOutput();
for (const method of Object.keys(console)) {
  const print = (console as unknown as Record<string, unknown>)[method];
  if (typeof print === "function" && !/^[A-Z]/.test(method)) {
    try {
      print.call(console, "a library that prints");
    } catch {
      // Not every one takes a text.
    }
  }
}
process.stdout.write("a library that prints\n");
process.stdout.end("a library that prints\n");
