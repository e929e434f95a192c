import { describe, expect, it } from "vitest";
import { vertexIsCalledInsideTheZone as rule } from "../../../policy-pack/rules/vertex-is-called-inside-the-zone.ts";
import { google, memberStatesZone as zone } from "../../support/google-resources.ts";
import { type Candidate, reportsOf, unknownText } from "../../support/run-rule.ts";

const endpoint = (targetGoogleApi?: unknown) =>
  google("networkconnectivity/regionalEndpoint:RegionalEndpoint", { targetGoogleApi });
const dnsZone = (dnsName?: unknown) =>
  google("dns/managedZone:ManagedZone", { dnsName, visibility: "private" });
const record = (props: Record<string, unknown>) => google("dns/recordSet:RecordSet", props);
const enabled = (publisherModelName?: unknown) =>
  google("vertex/aiModelGardenEnableModel:AiModelGardenEnableModel", { publisherModelName });
const service = (envs: unknown) =>
  google("cloudrunv2/service:Service", {
    location: "europe-west3",
    template: { containers: [{ envs }] },
  });

const isGlobal = "aiplatform.googleapis.com serves global: global promises no place of processing";
const isUs =
  "aiplatform.us.rep.googleapis.com serves us: us is promised to stay in US and no narrower, which goes beyond zone eu (US)";

describe("vertex-is-called-inside-the-zone", () => {
  describe.each(["preview", "up"] as const)("at %s", (phase) => {
    const cases: { when: string; candidate: Candidate; says: string[] }[] = [
      {
        when: "an endpoint to the host of the zone",
        candidate: endpoint("aiplatform.eu.rep.googleapis.com"),
        says: [],
      },
      {
        when: "an endpoint to another zone's host",
        candidate: endpoint("aiplatform.us.rep.googleapis.com"),
        says: [`blocks: \`targetGoogleApi\`: ${isUs}`],
      },
      {
        when: "an endpoint to a host people invent",
        candidate: endpoint("eu-aiplatform.googleapis.com"),
        says: [
          "blocks: `targetGoogleApi`: eu-aiplatform.googleapis.com is not a host Google serves; use aiplatform.eu.rep.googleapis.com",
        ],
      },
      {
        when: "an endpoint to a model host nobody listed",
        candidate: endpoint("aiplatform.europe-west4.rep.googleapis.com"),
        says: [
          "blocks: undecidable: `targetGoogleApi`: no dated source says where a request to aiplatform.europe-west4.rep.googleapis.com is processed",
        ],
      },
      {
        when: "an endpoint to another service in the zone",
        candidate: endpoint("sts.europe-west3.rep.googleapis.com"),
        says: [],
      },
      {
        when: "an endpoint to another service elsewhere",
        candidate: endpoint("storage.us-east1.rep.googleapis.com"),
        says: [
          "blocks: `targetGoogleApi` is storage.us-east1.rep.googleapis.com: us-east1 is in US, outside zone eu",
        ],
      },
      {
        when: "an endpoint to a host without a region",
        candidate: endpoint("storage.googleapis.com"),
        says: [
          'blocks: undecidable: `targetGoogleApi` "storage.googleapis.com" is not a regional host of a Google service',
        ],
      },
      {
        when: "an endpoint without a target",
        candidate: endpoint(),
        says: ["blocks: undecidable: `targetGoogleApi` is absent"],
      },
      {
        when: "a zone named exactly for the host",
        candidate: dnsZone("aiplatform.eu.rep.googleapis.com."),
        says: [],
      },
      {
        when: "a zone that hides the other hosts of the place",
        candidate: dnsZone("eu.rep.googleapis.com."),
        says: [
          "blocks: `dnsName` eu.rep.googleapis.com. hides every other host under it: name the zone exactly for the host, with a record at its apex",
        ],
      },
      {
        when: "a zone for the global host",
        candidate: dnsZone("AIplatform.googleapis.com."),
        says: [`blocks: \`dnsName\`: ${isGlobal}`],
      },
      {
        when: "a zone for all of Google, which answers by its records only",
        candidate: dnsZone("googleapis.com."),
        says: [],
      },
      { when: "a zone of the company", candidate: dnsZone("corp.example."), says: [] },
      {
        when: "a zone without a name",
        candidate: dnsZone(),
        says: ["blocks: undecidable: `dnsName` is absent"],
      },
      {
        when: "an apex record for the host of the zone",
        candidate: record({
          name: "aiplatform.eu.rep.googleapis.com.",
          type: "A",
          rrdatas: ["10.40.0.5"],
        }),
        says: [],
      },
      {
        when: "a record that answers for every host of Google",
        candidate: record({ name: "*.googleapis.com.", type: "CNAME", rrdatas: ["x."] }),
        says: [
          "blocks: `name` *.googleapis.com. also answers for aiplatform.googleapis.com, aiplatform.us.rep.googleapis.com, us-east5-aiplatform.googleapis.com, asia-southeast1-aiplatform.googleapis.com, outside zone eu: name each host",
        ],
      },
      {
        when: "a record that answers for the hosts of one place",
        candidate: record({ name: "*.eu.rep.googleapis.com.", type: "A", rrdatas: ["10.0.0.5"] }),
        says: [],
      },
      {
        when: "an alias of the company that leads to the global host",
        candidate: record({
          name: "claude.corp.example.",
          type: "CNAME",
          rrdatas: ["aiplatform.googleapis.com."],
        }),
        says: [`blocks: \`rrdatas.0\`: ${isGlobal}`],
      },
      {
        when: "a text record about the global host",
        candidate: record({ name: "aiplatform.googleapis.com.", type: "TXT", rrdatas: ["x"] }),
        says: [],
      },
      {
        when: "a record for another service elsewhere",
        candidate: record({ name: "kms.us-east1.rep.googleapis.com.", type: "A", rrdatas: [] }),
        says: [
          "blocks: `name` is kms.us-east1.rep.googleapis.com: us-east1 is in US, outside zone eu",
        ],
      },
      {
        when: "a response policy that answers for the global host",
        candidate: google("dns/responsePolicyRule:ResponsePolicyRule", {
          dnsName: "aiplatform.googleapis.com.",
        }),
        says: [`blocks: \`dnsName\`: ${isGlobal}`],
      },
      {
        when: "a response policy that steps aside",
        candidate: google("dns/responsePolicyRule:ResponsePolicyRule", {
          dnsName: "*.googleapis.com.",
          behavior: "bypassResponsePolicy",
        }),
        says: [],
      },
      {
        when: "a model the zone may use",
        candidate: enabled("publishers/anthropic/models/claude-opus-5-5"),
        says: [],
      },
      {
        when: "a model served in a single region of the zone",
        candidate: enabled("publishers/anthropic/models/claude-sonnet-4-6"),
        says: [],
      },
      {
        when: "a model whose content is shared",
        candidate: enabled("publishers/anthropic/models/claude-fable-5-1"),
        says: [
          "blocks: `publisherModelName`: claude-fable-5-1 has its prompts and answers kept by Google for up to 30 days and shared with Anthropic: outside every zone that does not accept it by name",
        ],
      },
      {
        when: "a model that may be retired where it is served in the zone",
        candidate: enabled("publishers/anthropic/models/claude-haiku-4-5@20251001"),
        says: [
          "blocks: undecidable: `publisherModelName`: claude-haiku-4-5@20251001 may be retired since 2026-10-15; accept claude-haiku-4-5@20251001 in the zone file by name with a date from 2026-11-20 to today",
        ],
      },
      {
        when: "a model nobody knows",
        candidate: enabled("publishers/anthropic/models/claude-sonnet-9"),
        says: [
          "blocks: undecidable: `publisherModelName`: claude-sonnet-9 is not in the catalogue of 2026-11-20",
        ],
      },
      {
        when: "a model of another publisher",
        candidate: enabled("publishers/google/models/gemini-4"),
        says: [
          "blocks: undecidable: `publisherModelName`: no rule knows what becomes of prompts to models of google",
        ],
      },
      {
        when: "a model by its bare name",
        candidate: enabled("claude-opus-5-5"),
        says: [
          'blocks: undecidable: `publisherModelName` "claude-opus-5-5" is not publishers/P/models/M',
        ],
      },
      {
        when: "a model that is not named",
        candidate: enabled(),
        says: ["blocks: undecidable: `publisherModelName` is absent"],
      },
    ];
    it.each(cases)("judges $when", async ({ candidate, says }) => {
      expect(await reportsOf(rule, candidate, { phase, zone })).toEqual(says);
    });
  });

  it("lets a model through that the zone accepts by name", async () => {
    const acceptance = { id: "claude-fable-5-1", date: "2026-11-20", reason: "research" };
    const accepting = { ...zone, acceptances: [acceptance] };
    const candidate = enabled("publishers/anthropic/models/claude-fable-5-1");
    expect(await reportsOf(rule, candidate, { zone: accepting })).toEqual([]);
  });

  it("refuses any model where Google calls Claude nowhere inside the zone", async () => {
    const jp = { ...zone, id: "jp", countries: ["JP"] };
    const candidate = enabled("publishers/anthropic/models/claude-opus-5-5");
    expect(await reportsOf(rule, candidate, { zone: jp })).toEqual([
      "blocks: `publisherModelName`: Google calls Claude nowhere inside zone jp",
    ]);
  });

  it.each([
    { candidate: endpoint(unknownText), path: "targetGoogleApi" },
    { candidate: dnsZone(unknownText), path: "dnsName" },
    { candidate: record({ name: unknownText, type: "A" }), path: "name" },
    {
      candidate: record({ name: "c.corp.example.", type: "CNAME", rrdatas: [unknownText] }),
      path: "rrdatas.0",
    },
    { candidate: enabled(unknownText), path: "publisherModelName" },
    {
      candidate: service([{ name: "URL", value: unknownText }]),
      path: "template.containers.0.envs.0.value",
    },
  ])("proves nothing at preview, and refuses at up, while $path is not known", async (one) => {
    expect(await reportsOf(rule, one.candidate, { zone })).toEqual([
      `advises: not proven, decided at up: \`${one.path}\` is not known yet`,
    ]);
    expect(await reportsOf(rule, one.candidate, { zone, phase: "up" })).toEqual([
      `blocks: undecidable: \`${one.path}\` is not known yet`,
    ]);
  });

  it.each(["A", "AAAA"])("does not mind an address not known yet in %s", async (type) => {
    const candidate = record({
      name: "aiplatform.eu.rep.googleapis.com.",
      type,
      rrdatas: [unknownText],
    });
    expect(await reportsOf(rule, candidate, { zone })).toEqual([]);
  });
});
