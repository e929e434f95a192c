import { accessRows } from "./access.ts";
import { foundryRows } from "./foundry.ts";
import { logRows } from "./logs.ts";
import { networkRows } from "./network.ts";
import type { Row } from "./row.ts";
import { tokenServiceRows } from "./token-service.ts";

/** Every modelled type with inputs that are accepted. */
export const rows: Readonly<Record<string, Row>> = {
  ...accessRows,
  ...foundryRows,
  ...logRows,
  ...networkRows,
  ...tokenServiceRows,
};
