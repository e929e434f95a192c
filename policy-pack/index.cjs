// Pulumi loads a pack with require(); this pack is an ES module, so hand over to it here.
if (!process.features.typescript) {
  const { RunError } = require("@pulumi/pulumi");
  throw new RunError(
    `Node ${process.versions.node} cannot run this policy pack: put Node 22.18 or newer first on PATH`,
  );
}
module.exports = import("./pack.ts");
