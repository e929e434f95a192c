import kit from "../package.json" with { type: "json" };

/** Of the kit this helper was built from. */
export const version: string = kit.version;
