import type { ReasonedSetting } from "./setting-value.ts";

/**
 * Written to every profile whatever its security profile: each closes a way by which conversation
 * content, or something that tells about it, could reach a host that the geography does not own.
 * Values are explicit even where they equal today's default, because defaults have changed before.
 */
export const residencyDefaults: readonly ReasonedSetting[] = [
  {
    key: "allowedPluginMcpServers",
    value: [],
    reason:
      "A plugin may declare a remote MCP server anywhere; none is trusted until it is listed.",
  },
  {
    key: "autoModeEnabled",
    value: false,
    reason:
      "Unset means on since 2.9939.2; each tool call that leaves the laptop stays a decision.",
  },
  {
    key: "builtinBrowserEnabled",
    value: false,
    reason: "Its site check tells releases.claude.com which sites are visited.",
  },
  {
    key: "claudeAiImport",
    value: { enabled: false, exportEnabled: false },
    reason: "Import and export talk to claude.ai, api.anthropic.com and storage.googleapis.com.",
  },
  {
    key: "coworkEgressAllowedHosts",
    value: [],
    reason: "The agent's tools reach no host beyond what inference needs.",
  },
  {
    key: "disableDeploymentModeChooser",
    value: true,
    reason: "Signing in to Claude.ai instead would send conversations to Anthropic.",
  },
  {
    key: "disableEssentialTelemetry",
    value: true,
    reason:
      "Crash dumps are unfiltered process memory, conversations included, sent to hosts in the US.",
  },
  {
    key: "disableNonessentialServices",
    value: true,
    reason:
      "Artifact previews run on an Anthropic host; favicons tell Google which sites are used.",
  },
  {
    key: "disableNonessentialTelemetry",
    value: true,
    reason:
      "Analytics and diagnostic reports go to Anthropic, and api.anthropic.com joins the agent's allowlist.",
  },
  {
    key: "disabledBuiltinTools",
    value: ["WebSearch"],
    reason:
      "Search words come from the conversation; AWS serves web search in us-east-1 only, Google lets a third party do it.",
  },
  {
    key: "modelCatalogEnabled",
    value: false,
    reason: "The catalog polls downloads.claude.ai for labels this profile already carries.",
  },
  {
    key: "modelDiscoveryEnabled",
    value: false,
    reason: "Discovery would offer profiles that were never judged for the zone.",
  },
  {
    key: "skipWebFetchPreflight",
    value: true,
    reason: "The check names each fetched host to api.anthropic.com.",
  },
  {
    key: "sshHostAllowlist",
    value: [],
    reason: "A remote Code session takes the inference credential to a host outside the zone.",
  },
];
