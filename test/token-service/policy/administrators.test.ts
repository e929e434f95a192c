import { describe, expect, it } from "vitest";
import { administratorProblem } from "../../../token-service/policy/administrators.ts";
import { compiledOf, identity } from "./policy-rig.ts";

const administrators = [{ from: "login", claims: { groups: "cowork-admins" } }];
const carol = identity({ groups: ["cowork-admins"] }, { user: "carol" });
const refused = {
  refused: "policy_none",
  reason: "the trust policy does not name this identity among its administrators",
};

describe("who may revoke", () => {
  it("is whom the trust policy names, and nobody else", () => {
    const compiled = compiledOf({ administrators });
    expect(administratorProblem(compiled, carol)).toBeUndefined();
    expect(administratorProblem(compiled, identity({ groups: ["cowork-eu"] }))).toEqual(refused);
    expect(administratorProblem(compiled, { ...carol, from: "partner" })).toEqual(refused);
    expect(administratorProblem(compiled, { ...carol, user: undefined })).toEqual(refused);
    expect(administratorProblem(compiled, { ...carol, kind: "certificate" })).toEqual(refused);
  });

  it("is nobody when the trust policy names nobody", () => {
    expect(administratorProblem(compiledOf(), carol)).toEqual(refused);
  });
});
