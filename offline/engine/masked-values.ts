import { isRecord } from "../../residency/is-record.ts";

/** Marks that an object is a secret (sdk/go/common/resource/properties.go, SigKey and SecretSig). */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Stands for a value not known yet (sdk/go/common/resource/plugin/rpc.go, Unknown*Value). */
const unknownValues = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Whether a secret stands anywhere in a value taken from an engine event. */
export function containsSecret(value: unknown): boolean {
  return some(value, (part) => isRecord(part) && part[signatureKey] === secretSignature);
}

/** Whether any part of a value taken from an engine event is not known yet. */
export function containsUnknown(value: unknown): boolean {
  return some(value, (part) => typeof part === "string" && unknownValues.has(part));
}

function some(value: unknown, test: (part: unknown) => boolean): boolean {
  if (test(value)) return true;
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((part) => some(part, test));
}
