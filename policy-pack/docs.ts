import { policies, rules } from "./policies.ts";

/** Lines between which docs/policies.md holds the generated table. */
const policiesTableMarkers = {
  begin: "<!-- BEGIN GENERATED policies -->",
  end: "<!-- END GENERATED policies -->",
} as const;

/** The table of every policy of the pack, for docs/policies.md. */
function renderPoliciesTable(): string {
  const rows = policies.map((policy) => {
    const { name, description, remediationSteps } = policy;
    const own = "validateStack" in policy ? "stack" : "resource";
    const scope = rules.find((rule) => rule.name === name)?.scope ?? own;
    return `| \`${name}\` | ${cell(description)} | ${scope} | ${cell(remediationSteps ?? "")} |`;
  });
  return [
    "| rule | what is true | looks at | when it refuses |",
    "|---|---|---|---|",
    ...rows,
  ].join("\n");
}

/** A document with its generated part replaced; throws when a marker is missing. */
export function withPoliciesTable(document: string): string {
  const { begin, end } = policiesTableMarkers;
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/policies.md needs ${begin} and ${end}`);
  return `${document.slice(0, from + begin.length)}\n\n${renderPoliciesTable()}\n\n${document.slice(to)}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
