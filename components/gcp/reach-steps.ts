import { endpointKind } from "./private-path-plan.ts";
import type { CreatedNetwork, ExistingNetwork, VertexRouteSettings } from "./vertex-route.ts";

const page = "(docs/runbook-vertex.md)";

/** What the company's own network has to do for a private path: no VPN and no corporate DNS is made here. Pure. */
export function privatePathSteps(
  { location }: Pick<VertexRouteSettings, "location">,
  network: CreatedNetwork | ExistingNetwork,
  host: string,
): readonly string[] {
  const clients = network.clientCidrs.join(", ");
  const forwarded =
    network.kind === "create" ? ", or forward the name to the network's inbound entry point" : "";
  return [
    `Connect the company's network: carry the endpoint's address to Google and ${clients} back, and let only those laptops through your own firewall ${page}.`,
    `Let the company's DNS answer ${host} with the endpoint's address${forwarded} ${page}.`,
    ...(endpointKind(location) === "regional"
      ? [
          `Call Claude once over the private path before laptops rely on it: no dated source shows an endpoint for ${host} at work ${page}.`,
        ]
      : []),
  ];
}

/** What people do about a perimeter. Pure. */
export function perimeterSteps(
  perimeter: NonNullable<VertexRouteSettings["perimeter"]>,
): readonly string[] {
  return perimeter.mode === "dry-run"
    ? [
        `The perimeter only reports: read what it would refuse, then set its mode to enforced ${page}.`,
      ]
    : [`Call Claude from outside the perimeter once and see it refused ${page}.`];
}
