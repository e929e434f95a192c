/** An image in a registry of ECR, pinned by its digest. */
export interface EcrImage {
  readonly accountId: string;
  readonly region: string;
  readonly repository: string;
  readonly digest: string;
}

/**
 * Reads `<account>.dkr.ecr.<region>.amazonaws.com/<repository>@sha256:<digest>`; `undefined` for anything else.
 * A tag beside the digest is refused too: ECR ignores it, and it would say something that need not be true.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html (host names; looked up 2026-11-21)
 */
export function parseEcrImage(image: string): EcrImage | undefined {
  const parts =
    /^(\d{12})\.dkr\.ecr\.([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com\/([a-z0-9]+(?:[._/-]+[a-z0-9]+)*)@(sha256:[0-9a-f]{64})$/.exec(
      image,
    );
  const [, accountId, region, repository, digest] = parts ?? [];
  return accountId === undefined ||
    region === undefined ||
    repository === undefined ||
    digest === undefined
    ? undefined
    : { accountId, region, repository, digest };
}

/** ARN of the one repository the service may pull from. */
export function repositoryArn(partition: string, image: EcrImage): string {
  return `arn:${partition}:ecr:${image.region}:${image.accountId}:repository/${image.repository}`;
}
