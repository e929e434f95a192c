import type { AwsPlace } from "../../../components/aws/place.ts";
import type { Zone } from "../../../residency/types.ts";

/** Zones written out, so that tests do not believe the code they test. */
export const eu: Zone = {
  id: "eu",
  label: "European Union",
  countries: ["DE", "ES", "FR", "IE", "IT", "SE"],
  awsPartition: "aws",
  acceptances: [],
};

export const us: Zone = { ...eu, id: "us", label: "United States", countries: ["US"] };
export const jp: Zone = { ...eu, id: "jp", label: "Japan", countries: ["JP"] };
export const usGov: Zone = {
  ...us,
  id: "us-gov",
  label: "US GovCloud",
  awsPartition: "aws-us-gov",
};

export const frankfurt: AwsPlace = {
  zone: eu,
  accountId: "111122223333",
  region: "eu-central-1",
};
export const label = "example-eu-frankfurt";
export const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/0a0a0a0a";
