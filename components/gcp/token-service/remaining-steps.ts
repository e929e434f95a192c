import type { GoogleTokenServiceArgs } from "./args.ts";
import { imageParts } from "./checks.ts";
import type { ServicePlan } from "./plan.ts";

const page = "(docs/token-service-google.md)";

/** What only people of the company can do, each a sentence. Pure. */
export function remainingSteps(
  args: GoogleTokenServiceArgs,
  { projectId, region, store }: ServicePlan,
  address: string,
): string[] {
  const { host, network } = args;
  const imageProject = imageParts(args.image)?.projectId;
  const issuers =
    args.egressCidrs.length === 0
      ? ""
      : `, and from there to ${args.egressCidrs.join(", ")}, where the issuers answer`;
  return [
    `Have the company's DNS answer ${host} with ${address}.`,
    `Carry ${network.subnetCidr} in ${region} from the company's network and ${args.clientCidrs.join(", ")} back${issuers} ${page}.`,
    ...(imageProject === undefined || imageProject === projectId
      ? []
      : [
          `Let Cloud Run's service agent of ${projectId} read the image in ${imageProject} (roles/artifactregistry.reader).`,
        ]),
    ...(store.kind === "create"
      ? [
          `See the service sign in to its store once: its certificate is of an authority of its own, and no dated source says which names it carries ${page}.`,
        ]
      : []),
    ...(args.deviceAuthorities === undefined
      ? []
      : [
          `Send one request with a header x-client-cert-leaf of your own making and see it come to nothing: no page says in which order the load balancer takes a header out and writes it ${page}.`,
        ]),
  ];
}
