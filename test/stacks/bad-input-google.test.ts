import { describe, expect, it } from "vitest";

import { type Change, refusalOf, refused } from "./refusal.ts";
import { fileText } from "./shipped.ts";
import { withoutService } from "./support/without-service.ts";

const euModels = "models: [claude-opus-5-5, claude-sonnet-5-5]";
const sgModels = "models: [claude-opus-4-6, claude-sonnet-4-6]";
const regionsInEu =
  "zone eu has europe-central2, europe-north1, europe-north2, europe-southwest1, europe-west1, europe-west10, europe-west12, europe-west3, europe-west4, europe-west8, europe-west9";
const endpoints = "only at us, eu, us-east5, europe-west1, asia-southeast1";

describe("a Vertex route at a wrong place is refused with every place and its fix:", () => {
  refused([
    [
      "global",
      "eu",
      [["location: eu", "location: global"]],
      [
        "  routes.1.location: outside: global promises no place of processing; use claude-opus-5-5 at eu",
      ],
    ],
    [
      "eu with 4.6 models",
      "eu",
      [[euModels, "models: [claude-opus-4-6, claude-sonnet-4-6]"]],
      [
        "  routes.1.models.0: undecidable: claude-opus-4-6 is not known to be served at eu: only us-east5, europe-west1, asia-southeast1; use claude-opus-4-6 at europe-west1",
        "  routes.1.models.1: undecidable: claude-sonnet-4-6 is not known to be served at eu: only us-east5, europe-west1, asia-southeast1; use claude-sonnet-4-6 at europe-west1",
      ],
    ],
    [
      "a single region with 5.x models",
      "eu",
      [["location: eu", "location: europe-west1"]],
      [
        "  routes.1.models.0: undecidable: claude-opus-5-5 is not known to be served at europe-west1: only us, eu; use claude-opus-5-5 at eu",
        "  routes.1.models.1: undecidable: claude-sonnet-5-5 is not known to be served at europe-west1: only us, eu; use claude-sonnet-5-5 at eu",
      ],
    ],
    [
      "a 5.x model in Singapore, where the nearest is an older one",
      "sg",
      [[sgModels, "models: [claude-opus-5-5]"]],
      [
        "  routes.0.models.0: undecidable: claude-opus-5-5 is not known to be served at asia-southeast1: only us, eu; use claude-opus-4-6 at asia-southeast1",
      ],
    ],
    [
      "europe-west4, which has Google's own models only",
      "eu",
      [["location: eu", "location: europe-west4"]],
      [
        `  routes.1.location: undecidable: Google lists no Claude endpoint at "europe-west4", ${endpoints}; use claude-opus-5-5 at eu`,
      ],
    ],
    [
      "models that are kept and shared, one of them unknown anywhere",
      "eu",
      [[euModels, "models: [claude-fable-5-1, claude-fable-5-2]"]],
      [
        "  routes.1.models.0: outside: claude-fable-5-1 has its prompts and answers kept by Google for up to 30 days and shared with Anthropic: outside every zone that does not accept it by name; use claude-opus-5-5 at eu",
        "  routes.1.models.1: undecidable: claude-fable-5-2 is not known to be served at eu: no location is known; use claude-opus-5-5 at eu",
      ],
    ],
    [
      "models without their date, misspelt, or named as Bedrock does",
      "eu",
      [[euModels, "models: [claude-opus-4-5, claude-opus-55, eu.anthropic.claude-opus-5-5]"]],
      [
        "  routes.1.models.0: undecidable: claude-opus-4-5 is not in the catalogue of 2026-11-20; Anthropic lists it as claude-opus-4-5@20251101; use claude-opus-4-5@20251101 at europe-west1",
        "  routes.1.models.1: undecidable: claude-opus-55 is not in the catalogue of 2026-11-20; use claude-opus-5-5 at eu",
        "  routes.1.models.2: undecidable: eu.anthropic.claude-opus-5-5 is not in the catalogue of 2026-11-20; use claude-opus-5-5 at eu",
      ],
    ],
    [
      "data in London",
      "eu",
      [["dataRegion: europe-west3", "dataRegion: europe-west2"]],
      [`  routes.1.dataRegion: outside: europe-west2 is in GB, outside zone eu; ${regionsInEu}`],
    ],
    [
      "data in Zurich",
      "eu",
      [["dataRegion: europe-west3", "dataRegion: europe-west6"]],
      [`  routes.1.dataRegion: outside: europe-west6 is in CH, outside zone eu; ${regionsInEu}`],
    ],
    [
      "data in a misspelt region",
      "eu",
      [["dataRegion: europe-west3", "dataRegion: europe-wst3"]],
      [
        `  routes.1.dataRegion: undecidable: no dated source says where the Google location "europe-wst3" is; ${regionsInEu}; did you mean "europe-west3"?`,
      ],
    ],
    [
      "data in all of the EU at once",
      "eu",
      [["dataRegion: europe-west3", "dataRegion: eu"]],
      ['  routes.1.dataRegion: "eu": a Google Cloud region such as europe-west3'],
    ],
  ]);
});

describe("a Vertex route in a zone Google cannot keep is refused with what can:", () => {
  const google = /^ {4}- name: google[\s\S]*?(?= {2}cowork:tokenService)/m;
  const euGoogle = google.exec(fileText("stacks/Pulumi.eu.yaml"))?.[0] ?? "";
  const of = (stack: string, more = "") => `stacks: { ${stack}: ${stack} }\n${more}`;

  it("Japan, where Bedrock has a profile", () => {
    const said = refusalOf({ stack: "jp" }, [
      ["  cowork:profiles", `${euGoogle}  cowork:profiles`],
    ]);
    expect(said).toEqual([
      "jp: invalid configuration",
      "  routes.1.location: outside: eu is promised to stay in EU and no narrower, which goes beyond zone jp (AT, BE, BG, CY, CZ, DE, DK, EE, ES, FI, FR, GR, HR, HU, IE, IT, LT, LU, LV, MT, NL, PL, PT, RO, SE, SI, SK); use provider bedrock: jp.anthropic.claude-opus-5-5 from ap-northeast-1",
      "  routes.1.dataRegion: outside: europe-west3 is in DE, outside zone jp; zone jp has asia-northeast1, asia-northeast2",
    ]);
  });

  it("the partition us-gov, where nothing is Google's", () => {
    const changes: Change[] = [["cowork:geography: sg", "cowork:geography: us-gov"]];
    const text = withoutService(fileText("stacks/Pulumi.sg.yaml"));
    const asked = { stack: "us-gov", text, complianceText: of("us-gov") };
    const nothing =
      "outside: zone us-gov is the partition aws-us-gov of AWS; nothing at Google is inside it";
    expect(refusalOf(asked, changes)).toEqual([
      "us-gov: invalid configuration",
      `  routes.0.location: ${nothing}; use provider bedrock: us-gov.anthropic.claude-sonnet-5-5 from us-gov-east-1`,
      `  routes.0.dataRegion: ${nothing}; no Google region is proven inside zone us-gov`,
    ]);
  });

  it("the United Kingdom, which eu excludes: no zone of that name ships, and one's own is refused", () => {
    const claim: Change = ["cowork:geography: eu", "cowork:geography: uk"];
    expect(refusalOf({ stack: "eu" }, [claim])).toEqual([
      "eu: invalid configuration",
      '  geography: "uk" is no zone of compliance/zones.yaml; use one of eu, us, jp, au, in, sg, us-gov',
    ]);
    const own = "zones: { britain: { label: Britain, countries: [GB] } }\n";
    const complianceText = `stacks: { eu: britain }\n${own}`;
    const said = refusalOf({ stack: "eu", complianceText }, [
      ["cowork:geography: eu", "cowork:geography: britain"],
    ]);
    expect(said[0]).toBe("eu: invalid configuration");
    expect(said[1]).toContain(
      "  compliance/zones.yaml zones.britain.countries: no Bedrock profile keeps Claude inside GB: ",
    );
    expect(said[1]).toContain("; Vertex AI promises EU, SG, US and no other place ");
    expect(said).toHaveLength(2);
  });

  it("a model accepted by name in another zone, or another model in this one", () => {
    const accept = (zone: string, id: string) =>
      `  - { zone: ${zone}, id: ${id}, date: 2026-11-21, reason: asked for }\n`;
    const complianceText = of(
      "eu",
      `accept:\n${accept("us", "claude-fable-5-1")}${accept("eu", "claude-fable-5")}`,
    );
    const change: Change = [euModels, "models: [claude-fable-5, claude-fable-5-1]"];
    expect(refusalOf({ stack: "eu", complianceText }, [change])).toEqual([
      "eu: invalid configuration",
      "  routes.1.models.1: outside: claude-fable-5-1 has its prompts and answers kept by Google for up to 30 days and shared with Anthropic: outside every zone that does not accept it by name; use claude-fable-5 at eu",
    ]);
  });
});
