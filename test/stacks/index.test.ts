import * as pulumi from "@pulumi/pulumi";
import { expect, it } from "vitest";
import { parse } from "yaml";

import { resolved } from "../support/resolved.ts";
import { cloudAnswers, fileText } from "./shipped.ts";

it("the program reads a stack's configuration as Pulumi hands it over", async () => {
  const { config } = parse(fileText("stacks/Pulumi.eu.yaml"));
  pulumi.runtime.setAllConfig(
    Object.fromEntries(
      Object.entries(config).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
  );
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => ({
        id: name,
        state: {
          ...inputs,
          dnsEntries: [{ dnsName: "vpce-1.example" }],
          ...cloudAnswers.outputs?.[type]?.(name),
        },
      }),
      call: ({ token, inputs }) =>
        cloudAnswers.calls?.[token]?.(inputs) ?? { names: ["eu-central-1a", "eu-central-1b"] },
    },
    "cowork-landing-zone",
    "eu",
  );

  const { landingZone } = await import("../../stacks/index.ts");

  expect(await resolved(landingZone)).toMatchObject({
    geography: "eu",
    routes: [
      { name: "frankfurt", baseUrl: "https://vpce-1.example" },
      { name: "google", host: "aiplatform.eu.rep.googleapis.com" },
    ],
  });
  await pulumi.runtime.disconnect();
});
