import { describe, expect, it } from "vitest";

import type { GoogleTokenServiceArgs } from "../../../../components/gcp/token-service/args.ts";
import { TokenService } from "../../../../components/gcp/token-service/token-service.ts";
import { rules } from "../../../../policy-pack/policies.ts";
import { reportsOf } from "../../../support/run-rule.ts";
import { onStandIn } from "./on-stand-in.ts";
import { authority, existingStore, network, serviceArgs } from "./support.ts";

const shapes: readonly (readonly [string, Partial<GoogleTokenServiceArgs>])[] = [
  ["with everything", { signs: true, deviceAuthorities: authority }],
  [
    "with callers in two projects",
    {
      callers: [
        "claude@example-claude-eu.iam.gserviceaccount.com",
        "claude@example-claude-de.iam.gserviceaccount.com",
      ],
    },
  ],
  ["without callers", { callers: [] }],
  ["with the company's own store", { store: existingStore }],
  [
    "in a network that has everything",
    { network: { ...network, proxies: { kind: "existing" }, googleApisExist: true } },
  ],
  [
    "with an older certificate and a policy of images",
    {
      certificate: "projects/example-claude-eu/regions/europe-west3/sslCertificates/tokens",
      binaryAuthorization: "project-default",
    },
  ],
];

describe.each(shapes)("a token service %s", (_, change) => {
  let once: ReturnType<typeof onStandIn> | undefined;
  const made = () => {
    once ??= onStandIn(() => new TokenService("tokens", serviceArgs(change)));
    return once;
  };

  it("is what the stand-in for Google accepts", async () => {
    expect((await made()).refused).toEqual([]);
  });

  it.each(["preview", "up"] as const)("raises no alarm at %s", async (phase) => {
    const { resources } = await made();
    const candidates = resources.map(({ type, name, inputs }) => ({
      type,
      name,
      props: { ...inputs },
      provider: { project: "example-claude-eu", region: "europe-west3" },
    }));
    const alarms: string[] = [];
    for (const [index, candidate] of candidates.entries()) {
      const others = candidates.slice(0, index);
      for (const rule of rules.filter(({ appliesTo }) => appliesTo(candidate.type))) {
        const reports = await reportsOf(rule, candidate, { phase, others });
        alarms.push(
          ...reports.map((r) => `${candidate.type} ${candidate.name}: ${rule.name}: ${r}`),
        );
      }
    }
    expect(alarms).toEqual([]);
  });
});
