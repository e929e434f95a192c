import { arnParts } from "./arn.ts";

/** What a model field, IAM resource or `copyFrom` names. */
export type ModelRef =
  | { readonly kind: "profile"; readonly id: string; readonly arn?: ArnPlace }
  | { readonly kind: "global"; readonly id: string }
  | { readonly kind: "application-profile"; readonly arn: string }
  | { readonly kind: "model"; readonly id: string }
  | { readonly kind: "model-in-region"; readonly id: string; readonly arn: ArnPlace }
  | { readonly kind: "region-less-model"; readonly id: string }
  | { readonly kind: "pattern"; readonly text: string }
  | { readonly kind: "unknown"; readonly text: string };

interface ArnPlace {
  readonly partition: string;
  readonly region: string;
}

/** Reads a profile id, base model id or Bedrock ARN. Never guesses: what it cannot read is `unknown`. */
export function parseModelRef(text: string): ModelRef {
  if (/[*?$]/.test(text)) {
    return /(^|\/)global\./.test(text) ? { kind: "global", id: text } : { kind: "pattern", text };
  }
  if (!text.startsWith("arn:")) return idRef(text);

  const arn = arnParts(text);
  if (arn === undefined || arn.service !== "bedrock") return { kind: "unknown", text };
  const [type, id = ""] = splitOnce(arn.resource);
  const place = { partition: arn.partition, region: arn.region };
  switch (type) {
    case "foundation-model":
      return arn.region === ""
        ? { kind: "region-less-model", id }
        : { kind: "model-in-region", id, arn: place };
    case "inference-profile": {
      const ref = idRef(id);
      return ref.kind === "profile" ? { ...ref, arn: place } : ref;
    }
    case "application-inference-profile":
      return { kind: "application-profile", arn: text };
    default:
      return { kind: "unknown", text };
  }
}

function idRef(id: string): ModelRef {
  if (id.startsWith("global.")) return { kind: "global", id };
  if (id.startsWith("anthropic.")) return { kind: "model", id };
  return /^[a-z-]+\.[a-z]+\./.test(id) ? { kind: "profile", id } : { kind: "unknown", text: id };
}

function splitOnce(resource: string): readonly [string, string] {
  const slash = resource.indexOf("/");
  return slash < 0 ? [resource, ""] : [resource.slice(0, slash), resource.slice(slash + 1)];
}
