import { azureRegionName } from "../../residency/azure/foundry.ts";
import { verdict } from "../../residency/verdict.ts";
import { madeBy } from "../arm-template.ts";
import { type AzurePlacement, parentPlacement } from "../azure-placement.ts";
import { azureKind, isAzure } from "../azure-types.ts";
import { type AzureView, read, setting, settled, shown } from "../azure-view.ts";
import { textOf } from "../placement.ts";
import { defineRule, type Finding, fail, type RuleContext, undecidable } from "../rule.ts";

const DEPLOYMENT = "cognitiveservices/Deployment";
const ACCOUNT = { property: "accountName", kind: "cognitiveservices/Account" };
/** Types whose resources may make deployments the program does not show. */
const MAKERS =
  /^resources\/(?:Deployment(?!StacksWhatIf)\w+|Deployment|Resource|AzureCliScript|AzurePowerShellScript)$/;

/** Types whose resources deploy what is defined elsewhere: managed applications and blueprints. */
const HIDDEN = /^(?:solutions\/applications?|blueprint\/(?:blueprint)?assignments?)$/i;

/** Claude is deployed in Foundry only where Azure itself serves it inside the zone, in templates too. */
export const foundryDeploymentsStayInTheZone = defineRule({
  name: "foundry-deployments-stay-in-the-zone",
  description:
    "Deployments of Claude in Microsoft Foundry pin a version and a type that stay in the zone, in templates too.",
  remediation:
    "Pin the version `lz verdict` calls inside with its deployment type and NoAutoUpgrade, on an account of this run; where no Foundry deployment is inside, take the route the message names. Give templates inline.",
  scope: "stack",
  appliesTo: (type) =>
    isAzure(type) &&
    (azureKind(type) === DEPLOYMENT ||
      MAKERS.test(azureKind(type)) ||
      HIDDEN.test(azureKind(type))),
  judge(resource, context) {
    const { views, findings } = madeBy(resource);
    return [...findings, ...views.flatMap((view) => judgeView(view, context))];
  },
});

function judgeView(view: AzureView, context: RuleContext): readonly Finding[] {
  if (/^resources\/Azure(?:Cli|PowerShell)Script$/.test(view.kind)) {
    return settled(view, () => [
      undecidable("a script may deploy models, and no rule reads what it runs"),
    ]);
  }
  if (HIDDEN.test(view.kind)) {
    return settled(view, () => [
      undecidable("it may deploy models, and no rule reads the definition of what it deploys"),
    ]);
  }
  if (view.kind !== DEPLOYMENT) return [];
  let claude = true;
  const format = settled(view, () => {
    const text = textOf(setting(view, "model.format"));
    if (text === undefined) {
      return [undecidable("`properties.model.format` is absent: whose model it is cannot be seen")];
    }
    claude = text.toLowerCase() === "anthropic";
    return [];
  });
  // Models of other makers are not what this kit routes to.
  if (!claude) return [];
  return [
    ...format,
    ...settled(view, () => judgeUpgrades(view)),
    ...settled(view, () => judgeModel(view, context)),
  ];
}

function judgeUpgrades(view: AzureView): readonly Finding[] {
  const option = setting(view, "versionUpgradeOption");
  if (option === "NoAutoUpgrade") return [];
  const at = shown(view, "versionUpgradeOption");
  const given = typeof option === "string" ? `is ${option}` : "is absent";
  return [fail(`${at} ${given}: the version decides who hosts, so only NoAutoUpgrade keeps it`)];
}

function judgeModel(view: AzureView, context: RuleContext): readonly Finding[] {
  const findings: Finding[] = [];
  const see = (judge: () => unknown): string | undefined => {
    let text: string | undefined;
    findings.push(
      ...settled({ lead: "" }, () => {
        text = textOf(judge());
        return [];
      }),
    );
    return text;
  };
  const model = see(() => setting(view, "model.name"));
  const version = see(() => setting(view, "model.version"));
  const sku = see(() => read(view, "sku.name"));
  let placement: AzurePlacement = { places: [], findings: [] };
  findings.push(
    ...settled({ lead: "" }, () => {
      placement = parentPlacement(view, ACCOUNT, context);
      return placement.findings;
    }),
  );
  if (findings.length > 0) return findings;
  if (model === undefined) return [undecidable("`properties.model.name` is absent")];
  const { zone, today } = context;
  return placement.places.flatMap(({ location, words }) => {
    const region = azureRegionName(location);
    const query = { provider: "foundry", zone, region, model, version, sku, today } as const;
    const { status, reason, alternative } = verdict(query);
    if (status === "inside") return [];
    const instead = alternative === undefined ? "" : `; inside is ${alternative}`;
    const message = `${sku ?? "no type"} of ${model} version ${version ?? "unset"}, where ${words}: ${reason}${instead}`;
    return [status === "outside" ? fail(message) : undecidable(message)];
  });
}
