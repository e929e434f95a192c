import { expect, test } from "vitest";

import { gatewayAddressProblem } from "../../contract/gateway-address.ts";

test.each([
  "https://claude-gateway.example.com",
  "https://claude-gateway.example.com:8443",
  "https://10.1.2.3/eu",
  "https://example.snowflakecomputing.com/api/v2/cortex",
  "https://gateway-1234.eu-central-1.elb.amazonaws.com",
  "https://anthropic.com.example.com",
  "https://myanthropic.com",
])("%s is a gateway's address", (text) => {
  expect(gatewayAddressProblem(text)).toBeUndefined();
});

test.each([
  ["https://api.anthropic.com", "anthropic"],
  ["https://claude.ai", "anthropic"],
  ["https://aws-external-anthropic.eu-central-1.api.aws", "anthropic"],
  ["https://bedrock-mantle.eu-north-1.api.aws/anthropic", "mantle"],
  ["https://bedrock-runtime.us-east-1.amazonaws.com", "bedrock"],
  ["https://bedrock-runtime-fips.us-east-1.amazonaws.com", "bedrock"],
  ["https://vpce-0a.bedrock-runtime.us-east-1.vpce.amazonaws.com", "bedrock"],
  ["https://aiplatform.googleapis.com", "vertex"],
  ["https://aiplatform.eu.rep.googleapis.com", "vertex"],
  ["https://us-east5-aiplatform.googleapis.com", "vertex"],
  ["https://example.services.ai.azure.com", "foundry"],
  ["https://example.cognitiveservices.azure.com", "foundry"],
])("%s is a provider's own endpoint", (text, provider) => {
  expect(gatewayAddressProblem(text)).toBe(
    `"${new URL(text).hostname}" is no gateway but a provider's own endpoint; use a route with provider ${provider}`,
  );
});

test.each(["", "gateway", "https://", "//gateway.example.com"])("%j is no address", (text) => {
  expect(gatewayAddressProblem(text)).toBe(
    "is no URL; write the gateway's address, for example https://claude.example.com",
  );
});

test.each([
  ["https://gateway.example.com/v1", "https://gateway.example.com"],
  ["https://gateway.example.com/v1/messages/", "https://gateway.example.com"],
  ["https://gateway.example.com/a/v1", "https://gateway.example.com/a"],
])("%s ends in the application's own path", (text, right) => {
  expect(gatewayAddressProblem(text)).toBe(
    `"${text}" ends in what the application appends itself; write ${right}`,
  );
});

test.each([
  ["https://Gateway.example.com", "https://gateway.example.com"],
  ["https://gateway.example.com/a/", "https://gateway.example.com/a"],
  ["https://gateway.example.com:443", "https://gateway.example.com"],
  ["https://gateway.example.com/a/../b", "https://gateway.example.com/b"],
])("%s is written otherwise than it is called", (text, right) => {
  expect(gatewayAddressProblem(text)).toBe(
    `"${text}" is not written as it is called; write ${right}`,
  );
});

test.each(["ftp://gateway.example.com", "http://127.0.0.1:8080", "file:///etc/passwd"])(
  "%s is not https",
  (text) => {
    expect(gatewayAddressProblem(text)).toBe(
      `"${text}" must start with https://; prompts would travel in the clear`,
    );
  },
);

test.each(["https://localhost", "https://[::1]:8443", "https://127.9.9.9"])(
  "%s is the laptop itself",
  (text) => {
    expect(gatewayAddressProblem(text)).toBe(
      `"${text}" is the laptop itself; write the address of the company's gateway`,
    );
  },
);
