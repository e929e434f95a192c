import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { findModel, isRetired } from "../../residency/bedrock.ts";
import { type Problem, rejectBadInputs } from "../shared/input-check.ts";
import { checkLegalOptIn, type LegalOptIn } from "../shared/legal-opt-in.ts";
import { type AwsPlace, checkPlace } from "./place.ts";

/** Anthropic's use-case form, which an account sends once. */
export interface UseCaseForm {
  readonly companyName: string;
  /** An https URL. */
  readonly companyWebsite: string;
  /** Code of the audience as the console's form sends it; `0` in AWS's own example. */
  readonly intendedUsers: string;
  readonly industryOption: string;
  readonly useCases: string;
}

/** Arguments of {@link ModelAccess}. */
export interface ModelAccessArgs {
  /** Required. Account and region the agreements are made in. */
  readonly place: AwsPlace;
  /** Required. See {@link LegalOptIn}. */
  readonly legal: LegalOptIn;
  /** Required. Base model ids whose terms are accepted, for example `anthropic.claude-opus-5-5`. */
  readonly modelIds: readonly string[];
  /** Required. ISO date of today. */
  readonly today: string;
  /** Optional. Default: the form is not sent. It is account-wide and cannot be withdrawn. */
  readonly useCase?: UseCaseForm | undefined;
}

/**
 * Accepts model terms in the company's name. A legal act, so it happens only with a named person
 * and a date. Removing it from a stack ends the agreements, never the form.
 *
 * @throws pulumi.ResourceError naming every bad argument.
 */
export class ModelAccess extends pulumi.ComponentResource {
  /** The opt-in the agreements rest on, kept in the stack's state for the auditor. */
  readonly legal: LegalOptIn;

  constructor(name: string, args: ModelAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("cowork:aws:ModelAccess", name, {}, opts);
    rejectBadInputs(this, name, checkModelAccess(args));
    const { place, useCase } = args;
    const { region } = place;
    this.legal = args.legal;

    const form =
      useCase &&
      new aws.bedrock.UseCaseForModelAccess(
        name,
        { formData: JSON.stringify({ ...useCase, otherIndustryOption: "" }) },
        { parent: this },
      );
    for (const modelId of args.modelIds) {
      const offers = aws.bedrockfoundation.getModelAgreementOffersOutput(
        { region, modelId, offerType: "PUBLIC" },
        { parent: this },
      );
      new aws.bedrockfoundation.ModelAgreement(
        `${name}-${modelId.replaceAll(/[^a-zA-Z0-9]+/g, "-")}`,
        {
          region,
          modelId,
          offerToken: offers.offers.apply((list) => onlyOffer(modelId, list)),
        },
        // AWS gives another token each time it is asked; the agreement stays the same.
        { parent: this, ignoreChanges: ["offerToken"], ...(form && { dependsOn: [form] }) },
      );
    }
    this.registerOutputs({ legal: this.legal, modelIds: [...args.modelIds] });
  }
}

/** @throws Error when AWS offers nothing, or more than one thing that a person should choose from. */
export function onlyOffer(modelId: string, offers: readonly { readonly offerToken: string }[]) {
  const [offer] = offers;
  if (offer === undefined || offers.length > 1) {
    throw new Error(
      `${modelId}: AWS lists ${offers.length} public offers; accept one in the console`,
    );
  }
  return offer.offerToken;
}

/** Pure, so that edges are tested without an engine. */
export function checkModelAccess(args: ModelAccessArgs): Problem[] {
  const { place, legal, modelIds, today, useCase } = args;
  const problems = [...checkPlace(place), ...checkLegalOptIn("legal", legal, today)];
  if (modelIds.length === 0) {
    problems.push({ path: "modelIds", reason: "empty; name the models whose terms were accepted" });
  }
  if (new Set(modelIds).size !== modelIds.length) {
    problems.push({ path: "modelIds", reason: `[${modelIds.join(", ")}] names one twice` });
  }
  for (const modelId of modelIds) {
    const model = findModel(modelId);
    if (model === undefined || isRetired(model, today)) {
      const reason = `"${modelId}" is ${model ? "retired" : "not a base model id the catalogue lists"}`;
      problems.push({ path: "modelIds", reason });
    }
  }
  for (const [field, value] of Object.entries(useCase ?? {})) {
    if (value.trim() === "") problems.push({ path: `useCase.${field}`, reason: "empty" });
  }
  if (useCase && !/^https:\/\/[^/@\s]+/.test(useCase.companyWebsite)) {
    const reason = `"${useCase.companyWebsite}" is not an https URL`;
    problems.push({ path: "useCase.companyWebsite", reason });
  }
  return problems;
}
