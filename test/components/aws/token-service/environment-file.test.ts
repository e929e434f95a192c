import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  configurationFile,
  configurationKey,
} from "../../../../components/aws/token-service/environment-file.ts";
import { servesText } from "../../../../components/shared/serves-text.ts";

/** As AWS documents it and Docker does it: `NAME=VALUE` a line, `#` at its beginning ignores it, all else is text. */
function readAsDocumented(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => line.trimStart() !== "" && !/^\s*#/.test(line));
  return Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf("=")).trimStart(),
      line.slice(line.indexOf("=") + 1),
    ]),
  );
}

/** As the agent of ECS does it, which drops what follows a second `=`. */
function readAsAgent(text: string): Record<string, string> {
  const lines = text.split("\n").filter((line) => !line.startsWith("#") && line.includes("="));
  return Object.fromEntries(lines.map((line) => line.split("=").slice(0, 2)));
}

const name = "COWORK_TOKEN_SERVICE_CONFIG";

describe("the environment file of a token service", () => {
  it("is one line of ASCII with every sign that readers disagree about written by number", () => {
    const config = '{\n "pem": "-----BEGIN\\nQQ==\\n",\n "a": "#1 $HOME `x` \'y\' é"\n}\n';
    expect(configurationFile(config)).toBe(
      `${name}={"pem":"-----BEGIN\\nQQ\\u003d\\u003d\\n","a":"\\u00231 \\u0024HOME \\u0060x\\u0060 \\u0027y\\u0027 \\u00e9"}\n`,
    );
  });

  it("gives every configuration back, whoever reads it", () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: "binary" }), (config) => {
        const text = configurationFile(config);
        expect(text).toMatch(/^[\x20-\x7e]+\n$/);
        for (const read of [readAsDocumented(text), readAsAgent(text)]) {
          expect(Object.keys(read)).toEqual([name]);
          expect(JSON.parse(String(read[name]))).toEqual(JSON.parse(config));
        }
      }),
    );
  });

  it("is what the service's own reader, which is one of YAML, takes for the same", () => {
    const config = JSON.stringify({
      pem: "-----BEGIN\nQQ==\n",
      name: "Zoë \u{1F600} #1 = $a `b` 'c'",
    });
    const read = readAsAgent(configurationFile(config));
    expect(parse(String(read[name]), { strict: true, uniqueKeys: true })).toEqual(
      JSON.parse(config),
    );
  });

  it("is not made of what is no JSON", () => {
    expect(() => configurationFile("")).toThrow(SyntaxError);
  });
});

describe("the name of a configuration", () => {
  it("is another one for another configuration, and the same for the same one written otherwise", () => {
    const key = configurationKey('{"a":1}');
    expect(key).toMatch(/^configurations\/[0-9a-f]{64}\.env$/);
    expect(configurationKey('{ "a": 1 }\n')).toBe(key);
    expect(configurationKey('{"a":2}')).not.toBe(key);
  });
});

describe("the label of a container", () => {
  it("says places and kind of store, and nothing of whom the service trusts", () => {
    const config = {
      routes: [
        { name: "frankfurt", provider: "bedrock", region: "eu-central-1", exchange: { kind: "x" } },
        { name: "eu", provider: "gateway", audience: "y" },
      ],
      store: { kind: "redis", url: "rediss://store:6379" },
      trustPolicy: { policies: [] },
    };
    expect(servesText(JSON.stringify(config))).toBe(
      '{"routes":[{"name":"frankfurt","provider":"bedrock","region":"eu-central-1"},{"name":"eu","provider":"gateway"}],"store":{"kind":"redis"}}',
    );
  });

  it("says nothing of what the configuration does not say", () => {
    expect(servesText("{}")).toBe('{"store":{}}');
    expect(servesText('{"routes":[7],"store":null}')).toBe('{"routes":[{}],"store":{}}');
  });
});
