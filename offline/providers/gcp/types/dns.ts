import type { ResourceType } from "../../shared/resource-type.ts";
import type { Rule } from "../../shared/rules.ts";
import { dnsLabel, oneOf } from "../rules.ts";

const absolute = (at: string): Rule => ({
  rule: "matches",
  at,
  pattern: /^(\*\.)?([\w-]+\.)+$/,
  wanted: "a full name: it ends with a dot",
});

/** Cloud DNS. Source: the Terraform Google provider's schemas and validators. */
export const dnsTypes: Readonly<Record<string, ResourceType>> = {
  "dns/ManagedZone": {
    id: "projects/{project}/managedZones/{name}",
    replaceOn: ["dnsName", "name", "visibility", "reverseLookup"],
    defaults: { description: "Managed by Pulumi", forceDestroy: false, visibility: "public" },
    computed: { managedZoneId: "{decimal:19}", nameServers: ["ns-gcp-private.googledomains.com."] },
    rules: [
      dnsLabel("name"),
      absolute("dnsName"),
      oneOf("visibility", "private", "public"),
      oneOf("dnssecConfig.state", "off", "on", "transfer"),
    ],
  },
  "dns/Policy": {
    id: "projects/{project}/policies/{name}",
    replaceOn: ["name"],
    defaults: { description: "Managed by Pulumi" },
    rules: [dnsLabel("name")],
  },
  "dns/RecordSet": {
    id: "projects/{project}/managedZones/{zoneName}/rrsets/{name}/{type}",
    replaceOn: ["managedZone", "name"],
    rules: [
      absolute("name"),
      oneOf(
        "type",
        ...["A", "AAAA", "CAA", "CNAME", "DNSKEY", "DS", "HTTPS", "IPSECVPNKEY", "MX", "NAPTR"],
        ...["NS", "PTR", "SOA", "SPF", "SRV", "SSHFP", "SVCB", "TLSA", "TXT", "ALIAS"],
      ),
      { rule: "range", at: "ttl", min: 0, max: 2_147_483_647 },
      { rule: "exactlyOne", of: ["rrdatas", "routingPolicy"] },
    ],
  },
};
