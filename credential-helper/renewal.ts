import type { HelperContext } from "./context.ts";
import type { Obtain } from "./obtain-types.ts";
import type { ConfigFile } from "./read-config.ts";
import type { StoreSurroundings } from "./secret-store/read-record.ts";

/** What the start of the run already knows. */
export interface Renewal {
  readonly configFile: ConfigFile;
  readonly context: HelperContext;
  readonly store: StoreSurroundings;
  readonly environment: Record<string, string | undefined>;
  readonly loadObtain: () => Promise<Obtain>;
  /** Seconds of `--deadline`. */
  readonly deadlineSeconds: number | undefined;
}
