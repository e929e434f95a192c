import { describe, expect, it } from "vitest";

import { CallerRole, callerRoleName } from "../../../components/gcp/caller-role.ts";
import { DataAccessAudit } from "../../../components/gcp/data-access-audit.ts";
import { deploy, refusal } from "../../support/deploy.ts";
import { only } from "../../support/inventory.ts";

const member = "group:claude@example.com";
const projectId = "example-claude-eu";

describe("CallerRole", () => {
  it("holds exactly two permissions: no switch of sharing, no listing, no deploying", async () => {
    const { resources } = await deploy(() => new CallerRole("c", { projectId, member }));

    expect(only(resources, "gcp:projects/iAMCustomRole:IAMCustomRole")).toEqual({
      project: "example-claude-eu",
      roleId: "coworkClaudeCaller",
      title: "Claude caller",
      description: "Calls Claude models of this project, and nothing else.",
      permissions: ["aiplatform.endpoints.predict", "serviceusage.services.use"],
      stage: "GA",
    });
  });

  it("is granted to the one member, without a condition", async () => {
    const { resources, result } = await deploy(() => new CallerRole("c", { projectId, member }));

    expect(only(resources, "gcp:projects/iAMMember:IAMMember")).toEqual({
      project: "example-claude-eu",
      role: "projects/example-claude-eu/roles/coworkClaudeCaller",
      member: "group:claude@example.com",
    });
    expect(result.roleName).toBe("projects/example-claude-eu/roles/coworkClaudeCaller");
    expect(callerRoleName(projectId)).toBe(result.roleName);
  });

  it("is granted to nobody when the member is everybody", async () => {
    const made = deploy(() => new CallerRole("c", { projectId, member: "allUsers" }));
    expect(await refusal(made)).toBe(
      [
        "c: invalid arguments",
        '  member: "allUsers" is everybody on the internet; name one service account or one group',
      ].join("\n"),
    );
  });
});

describe("DataAccessAudit", () => {
  it("records reads and writes of everybody", async () => {
    const { resources } = await deploy(() => new DataAccessAudit("a", { projectId }));

    expect(only(resources, "gcp:projects/iAMAuditConfig:IAMAuditConfig")).toEqual({
      project: "example-claude-eu",
      service: "aiplatform.googleapis.com",
      auditLogConfigs: [
        { logType: "ADMIN_READ" },
        { logType: "DATA_READ" },
        { logType: "DATA_WRITE" },
      ],
    });
  });
});
