import { describe, expect, it } from "vitest";

import { checkLegalOptIn } from "../../../components/shared/legal-opt-in.ts";

const today = "2026-11-21";
const legal = { acceptedBy: "counsel@example.com", acceptedOn: "2026-11-01" };

describe("checkLegalOptIn", () => {
  it.each(["2026-11-01", "2026-11-21"])("takes a named person and %s", (acceptedOn) => {
    expect(checkLegalOptIn("legal", { ...legal, acceptedOn }, today)).toEqual([]);
  });

  it.each([
    [{ acceptedBy: " " }, "acceptedBy", "empty; name who accepted the terms"],
    [{ acceptedBy: "" }, "acceptedBy", "empty; name who accepted the terms"],
    [{ acceptedOn: "" }, "acceptedOn", '"" is not a date such as 2026-11-20'],
    [{ acceptedOn: "2026-02-30" }, "acceptedOn", '"2026-02-30" is not a date such as 2026-11-20'],
    [{ acceptedOn: "2026-11-22" }, "acceptedOn", "2026-11-22 is later than today, 2026-11-21"],
  ])("refuses %j", (changes, field, reason) => {
    expect(checkLegalOptIn("modelAccess.legal", { ...legal, ...changes }, today)).toEqual([
      { path: `modelAccess.legal.${field}`, reason },
    ]);
  });
});
