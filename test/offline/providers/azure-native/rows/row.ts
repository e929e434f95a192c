import type { Properties } from "../../../../../offline/providers/struct.ts";

/** What a program gives at least; then the id, and what else tells the resource. */
export type Row = readonly [Properties, RegExp | string, Properties];
