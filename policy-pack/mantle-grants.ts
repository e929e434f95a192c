import { arnParts } from "../residency/arn.ts";
import { verdict } from "../residency/verdict.ts";
import { hasWildcard } from "./iam-actions.ts";
import type { Statement } from "./iam-document.ts";
import { type Finding, fail, type RuleContext, undecidable } from "./rule.ts";

const inference = "bedrock-mantle:createinference";
const bearer = "bedrock-mantle:callwithbearertoken";

/**
 * Findings on an allow of `bedrock-mantle` that is written as a reviewed route writes it: one action, alone.
 * `undefined` for every other statement, which nobody has to read further to refuse.
 */
export function judgeMantleGrant(
  at: string,
  statement: Statement,
  { zone, today }: Pick<RuleContext, "zone" | "today">,
): readonly Finding[] | undefined {
  const { actions, notActions, notResources } = statement;
  const [action, ...others] = actions.map((one) => one.toLowerCase());
  if (others.length + notActions.length + notResources.length > 0) return undefined;
  if (action === bearer) return judgeToken(at, statement);
  if (action !== inference) return undefined;
  const models = exactly(statement, "bedrock-mantle:model");
  return [
    ...(models.length === 0
      ? [
          fail(
            `${at}: bedrock-mantle:CreateInference without StringEquals on bedrock-mantle:Model grants every model`,
          ),
        ]
      : []),
    ...(statement.resources.length === 0
      ? [undecidable(`${at}: bedrock-mantle:CreateInference names no Resource`)]
      : []),
    ...statement.resources.flatMap((resource) => judgeProject(at, resource)),
  ];

  function judgeProject(place: string, resource: string): readonly Finding[] {
    const what = `${place}: bedrock-mantle:CreateInference on "${resource}"`;
    if (hasWildcard(resource)) return [fail(`${what}, a pattern and not one project`)];
    const arn = arnParts(resource);
    if (
      arn === undefined ||
      arn.service !== "bedrock-mantle" ||
      !/^\d{12}$/.test(arn.account) ||
      !/^project\/[\w-]+$/.test(arn.resource)
    ) {
      return [fail(`${what}, which is no project's ARN`)];
    }
    if (arn.partition !== zone.awsPartition) {
      return [fail(`${what}: zone ${zone.id} is served from ${zone.awsPartition} only`)];
    }
    return models.flatMap((model) => {
      const query = { zone, provider: "mantle", region: arn.region, model, today } as const;
      const { status, reason } = verdict(query);
      if (status === "inside") return [];
      return [(status === "outside" ? fail : undecidable)(`${what}: ${reason}`)];
    });
  }
}

/** A token carries no more than its session's rights; one that never expires is a key. */
function judgeToken(at: string, statement: Statement): readonly Finding[] {
  const types = exactly(statement, "bedrock-mantle:bearertokentype");
  return types.length === 1 && types[0] === "SHORT_TERM"
    ? []
    : [
        fail(
          `${at}: bedrock-mantle:CallWithBearerToken without StringEquals SHORT_TERM on bedrock-mantle:BearerTokenType allows keys`,
        ),
      ];
}

/** Values a condition demands literally; "IfExists" and set operators also hold when nothing is sent. */
function exactly({ conditions }: Statement, key: string): readonly string[] {
  return conditions.StringEquals?.[key] ?? [];
}
