import type { Platform } from "../platform.ts";
import type { Settings } from "../setting-value.ts";

/** Whom a file is for. Names and identifiers are derived from these, never from its content. */
export interface Addressee {
  readonly organization: { readonly name: string; readonly uuid: string };
  readonly geography: string;
  readonly zoneLabel: string;
  readonly route: string;
}

/** One way settings reach laptops. */
export interface Channel {
  readonly id: "mobileconfig" | "reg" | "linux" | "bootstrap";
  readonly fileName: string;
  readonly platform: Platform;
  /** The settings as this channel's bytes; pure. */
  render(settings: Settings, addressee: Addressee): Buffer;
}
