// Pulumi loads a pack with require(); this pack is an ES module, so hand over to it here.
if (!process.features.typescript) {
  const { RunError } = require("@pulumi/pulumi");
  throw new RunError(
    `Node ${process.versions.node} cannot run this policy pack: put Node 22.18 or newer first on PATH`,
  );
}
const { enableCompileCache, flushCompileCache } = require("node:module");
const { homedir } = require("node:os");
const { join } = require("node:path");

// A start from compiled code takes half the processor time. The folder is the user's own: Node's default is in
// the shared temporary folder, where somebody else could plant code. One that cannot be written only costs time.
const { COWORK_CACHE_DIR, XDG_CACHE_HOME } = process.env;
const cache =
  COWORK_CACHE_DIR || join(XDG_CACHE_HOME || join(homedir(), ".cache"), "cowork-landing-zone");
enableCompileCache(join(cache, "compiled"));

module.exports = import("./pack.ts").then((pack) => {
  // The engine ends a pack without leave to write anything at its end.
  flushCompileCache();
  return pack;
});
