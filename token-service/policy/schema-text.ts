import { z } from "zod";

import { writtenServiceConfig } from "../../contract/token-service-config.ts";
import { trustPolicy } from "../../contract/trust-policy.ts";

/** JSON Schema of a trust policy's file, as `token-service/trust-policy.schema.json` holds it. */
export function trustPolicySchemaText(): string {
  return schemaText("Trust policy of a token service", trustPolicy);
}

/** JSON Schema of a service's configuration, as `token-service/config.schema.json` holds it. */
export function configSchemaText(): string {
  return schemaText("Configuration of a token service", writtenServiceConfig);
}

/** What spans several values is not in it: `token-service check` judges that. */
function schemaText(title: string, schema: z.ZodType): string {
  const { $schema, ...shape } = z.toJSONSchema(schema, {
    io: "input",
    override({ jsonSchema }) {
      // Formats of zod's own, which other readers warn of; the pattern beside them says the same.
      if (/^(includes|starts_with|cidrv[46])$/.test(jsonSchema.format ?? ""))
        delete jsonSchema.format;
      // That one claim is needed is a refinement, which zod does not write.
      if (isClaims(jsonSchema)) jsonSchema.minProperties = 1;
    },
  });
  return `${JSON.stringify({ $schema, title, ...shape }, null, 2)}\n`;
}

/** Claims are the only mapping to patterns, and patterns the only texts of at most 512 characters. */
function isClaims({ additionalProperties }: z.core.JSONSchema.BaseSchema): boolean {
  return typeof additionalProperties === "object" && additionalProperties.maxLength === 512;
}
