import { describe, expect, it } from "vitest";

import { parseConfig } from "../../stacks/config.ts";
import { geographyStack } from "../../stacks/geography.ts";
import { deploy, resolved } from "../support/deploy.ts";
import { refusalOf } from "./refusal.ts";
import { compliance, shippedConfig, today } from "./shipped.ts";

const accepting = `
stacks: { pilot: pilot }
zones: { pilot: { label: Pilot, countries: [US], accepts: [anthropic-direct] } }
`;
const stackFile = `config:
  cowork:organization: { name: example, uuid: 6f1c0b6e-4a5d-4b7e-9c55-0d3f8a1e2b47 }
  cowork:geography: pilot
  cowork:routes:
    - name: direct
      provider: anthropic
      models:
        - { id: claude-opus-5-5, label: Claude Opus 5.5 }
        - { id: claude-sonnet-5-5, label: Claude Sonnet 5.5 }
      desktop: { kind: interactive }
`;
const refusal = (complianceText: string, text = stackFile) =>
  refusalOf({ stack: "pilot", complianceText, text }, []);

describe("a route to Anthropic", () => {
  it("creates nothing in a zone that accepts it, and says that the guarantee is none", async () => {
    const { organization } = shippedConfig("eu");
    const parsed = parseConfig({
      organization,
      geography: "pilot",
      routes: [
        {
          name: "direct",
          provider: "anthropic",
          models: [{ id: "claude-opus-5-5", label: "Claude Opus 5.5" }],
          desktop: { kind: "interactive" },
        },
      ],
    });
    if ("problems" in parsed) throw new Error(JSON.stringify(parsed.problems));

    const { result, resources } = await deploy(() =>
      geographyStack(parsed.config, { compliance: compliance(accepting), stack: "pilot", today }),
    );

    expect(resources).toEqual([]);
    const outputs = await resolved(result.landingZone);
    expect(outputs.zone).toEqual({
      id: "pilot",
      label: "Pilot",
      countries: ["US"],
      accepts: ["anthropic-direct"],
    });
    expect(outputs.catalogueDates).toEqual({});
    expect(outputs.routes).toEqual([
      {
        name: "direct",
        provider: "anthropic",
        models: [{ id: "claude-opus-5-5", label: "Claude Opus 5.5" }],
        guarantee: "none: processed by Anthropic itself",
        anthropicSees: "content",
        desktop: { kind: "interactive" },
      },
    ]);
  });

  it.each([
    ["accepts nothing", ""],
    ["accepts Azure anywhere, which is something else", ", accepts: [azure-anywhere]"],
  ])("is refused in a zone that %s", (_, accepts) => {
    expect(
      refusal(
        `stacks: { pilot: pilot }\nzones: { pilot: { label: Pilot, countries: [US]${accepts} } }\n`,
      ),
    ).toEqual([
      "pilot: invalid configuration",
      expect.stringMatching(
        /^ {2}routes\.0\.provider: outside: processed by Anthropic itself; zone pilot does not accept anthropic-direct; use provider bedrock: us\.anthropic\.claude-opus-5-5 from us-/,
      ),
    ]);
  });

  it("refuses a key and a model listed twice", () => {
    expect(
      refusal(accepting, stackFile.replace("{ kind: interactive }", "{ kind: static }")),
    ).toEqual([
      "pilot: invalid configuration",
      '  routes.0.desktop.kind: "static" is not a choice; use one of interactive, helper-script',
    ]);
    expect(
      refusal(accepting, stackFile.replace("id: claude-sonnet-5-5", "id: claude-opus-5-5")),
    ).toEqual([
      "pilot: invalid configuration",
      '  routes.0.models.1.id: "claude-opus-5-5" is listed twice',
    ]);
  });
});
