// Pulumi loads a pack with require(); this pack is an ES module, so hand over to it here.
module.exports = import("./pack.ts");
