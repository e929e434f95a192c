import type { RouteOutputs } from "../contract/outputs.ts";
import type { SettingValue } from "./setting-value.ts";

/** What whoever distributes a file has to know about the guarantee; nothing when it holds. */
export function guaranteeNotes(route: RouteOutputs): readonly string[] {
  if (route.provider === "anthropic") {
    return ["outside the guarantee: conversations are processed by Anthropic itself"];
  }
  if (route.provider === "foundry") {
    return [
      "outside the guarantee: Anthropic operates the models on Azure and may see content that its safeguards flag",
    ];
  }
  if (route.provider !== "gateway" || route.anthropicSees === "none") return [];
  return [
    `outside the guarantee: at the gateway's worst upstream Anthropic sees ${route.anthropicSees}`,
  ];
}

/** The same in the file itself, where Anthropic sees whole conversations: people are shown it. */
export function guaranteeBanner(
  route: Extract<RouteOutputs, { provider: "anthropic" | "gateway" }>,
): [string, SettingValue][] {
  if (route.anthropicSees !== "content") return [];
  const text =
    route.provider === "anthropic"
      ? "Outside the residency guarantee: conversations are processed by Anthropic."
      : "Outside the residency guarantee: conversations may be processed by Anthropic.";
  return [["banner", { enabled: true, text }]];
}
