import { z } from "zod";

/** Pieces every kind of route shares in the contract. */

export const httpsOrigin = z
  .string()
  .regex(/^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?$/, "an https origin without path or credentials");

/** An https URL without embedded credentials. */
export const httpsUrl = z
  .string()
  .regex(/^https:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[^\s]*)?$/, "an https URL without credentials");

/** Becomes a folder name and part of profile identifiers. */
export const routeName = z.string().regex(/^[a-z][a-z0-9-]{0,19}$/);

/** Absolute path on macOS and Linux. */
export const posixPath = z.string().regex(/^\/[^~]*$/, "an absolute path without ~");

/** Absolute path on Windows. */
export const windowsPath = z.string().regex(/^[A-Za-z]:[\\/][^~]*$/, "an absolute Windows path");
