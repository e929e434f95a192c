import { randomUUID } from "node:crypto";
import { findModel } from "../../../residency/bedrock.ts";
import type { CheckedAnswer } from "../provider-model.ts";
import type { Properties } from "../struct.ts";

const offerTypes = ["ALL", "PUBLIC"];

/**
 * The one public offer a base model has. Its token is another one each time, as AWS's is: a program
 * that compares tokens would make its agreement anew on every run.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListFoundationModelAgreementOffers.html
 */
export function modelAgreementOffers(args: Properties, region: string): CheckedAnswer {
  const { modelId, offerType } = args;
  const model = typeof modelId === "string" ? findModel(modelId) : undefined;
  if (typeof modelId !== "string" || model === undefined || model.status === "retired") {
    const why = model ? "is retired" : "is no base model id the catalogue lists";
    return refused("modelId", `"${String(modelId)}" ${why}`);
  }
  if (offerType !== undefined && !offerTypes.includes(String(offerType))) {
    return refused("offerType", `"${String(offerType)}"; use one of ${offerTypes.join(", ")}`);
  }
  const offer = {
    offerId: `offer-offline-${modelId.replaceAll(/[^a-z0-9]+/g, "-")}`,
    offerToken: `offline-${randomUUID()}`,
    termDetails: [
      {
        legalTerms: [{ url: "https://offline.invalid/terms" }],
        supportTerms: [{ refundPolicyDescription: "None: an offline offer." }],
        usageBasedPricingTerms: [
          {
            rateCards: [
              {
                description: "Offline: nothing is charged",
                dimension: "InputTokens",
                price: "0.00",
                unit: "1K tokens",
              },
            ],
          },
        ],
        validityTerms: [{ agreementDuration: "P1Y" }],
      },
    ],
  };
  return { answer: { ...args, offers: [offer], region } };
}

function refused(property: string, reason: string): CheckedAnswer {
  return { failures: [{ property, reason }] };
}
