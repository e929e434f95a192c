import { namespace } from "./config.ts";
import { configShape } from "./shape.ts";

/** JSON Schema of a `Pulumi.<geography>.yaml`, so that editors complete and check it. */
function fileSchema(): object {
  const { properties = {}, required = [] } = configShape;
  const own = Object.fromEntries(
    Object.entries(properties).map(([key, shape]) => [`${namespace}:${key}`, shape]),
  );
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Configuration of one geography",
    type: "object",
    required: ["config"],
    properties: {
      config: {
        type: "object",
        required: required.map((key) => `${namespace}:${key}`),
        properties: own,
        // Settings of other providers, for example aws:skipMetadataApiCheck.
        patternProperties: { [`^(?!${namespace}:)[^:]+:`]: {} },
        additionalProperties: false,
      },
    },
  };
}

/** The schema as the file `stacks/config.schema.json` holds it. */
export function fileSchemaText(): string {
  return `${JSON.stringify(fileSchema(), null, 2)}\n`;
}
