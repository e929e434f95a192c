import { schemaText as awsSchemaText } from "../offline/providers/aws/generate-schema.ts";
import { schemaText as azureNativeSchemaText } from "../offline/providers/azure-native/generate-schema.ts";
import { schemaText as azureadSchemaText } from "../offline/providers/azuread/generate-schema.ts";
import { schemaText as gcpSchemaText } from "../offline/providers/gcp/generate-schema.ts";
import { withPoliciesTable } from "../policy-pack/docs.ts";
import { fileSchemaText } from "../stacks/file-schema.ts";
import { configSchemaText, trustPolicySchemaText } from "../token-service/policy/schema-text.ts";
import { currentKeysTable, refusedKeysTable } from "./desktop-keys-table.ts";
import { replaceMarked } from "./marked.ts";
import {
  evidenceTable,
  guardrailProfilesTable,
  profilesTable,
  zonesTable,
} from "./residency-tables.ts";
import { googlePlacesTable, vertexLocationsTable, vertexModelsTable } from "./vertex-tables.ts";

/** A file that is generated in whole or in part: `render` turns its present text into the right one. */
export interface GeneratedFile {
  readonly path: string;
  readonly render: (present: string) => string;
}

/** Every generated file; `npm run generate` writes them and a test compares them. */
export const generatedFiles: readonly GeneratedFile[] = [
  {
    path: "docs/residency.md",
    render: (present) => {
      const zones = replaceMarked(present, "zones", zonesTable());
      const profiles = replaceMarked(zones, "profiles", profilesTable());
      const guardrails = replaceMarked(profiles, "guardrail profiles", guardrailProfilesTable());
      return replaceMarked(guardrails, "evidence", evidenceTable());
    },
  },
  {
    path: "docs/residency-google.md",
    render: (present) => {
      const locations = replaceMarked(present, "locations", vertexLocationsTable());
      const models = replaceMarked(locations, "models", vertexModelsTable());
      return replaceMarked(models, "places", googlePlacesTable());
    },
  },
  { path: "docs/policies.md", render: withPoliciesTable },
  {
    path: "docs/desktop-keys.md",
    render: (present) => {
      const current = replaceMarked(present, "current-keys", currentKeysTable());
      return replaceMarked(current, "refused-keys", refusedKeysTable());
    },
  },
  { path: "stacks/config.schema.json", render: fileSchemaText },
  { path: "token-service/trust-policy.schema.json", render: trustPolicySchemaText },
  { path: "token-service/config.schema.json", render: configSchemaText },
  { path: "offline/providers/aws/schema.json", render: awsSchemaText },
  { path: "offline/providers/gcp/schema.json", render: gcpSchemaText },
  { path: "offline/providers/azure-native/schema.json", render: azureNativeSchemaText },
  { path: "offline/providers/azuread/schema.json", render: azureadSchemaText },
];
