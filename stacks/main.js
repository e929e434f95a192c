// Where plain `pulumi` starts: it takes the Node on PATH, and one that cannot run TypeScript would only answer with
// a stack trace. JavaScript, so that such a Node can read it.
import { RunError } from "@pulumi/pulumi";

if (!process.features.typescript) {
  throw new RunError(
    `Node ${process.versions.node} cannot run this program: put Node 22.18 or newer first on PATH, or run \`npm run lz\``,
  );
}

/** The geography's contract with the laptops; see index.ts. */
export const { landingZone } = await import("./index.ts");
