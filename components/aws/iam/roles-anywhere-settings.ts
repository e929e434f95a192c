import type { RoleSettings } from "./role-settings.ts";

/** Sign-in with the device certificate that device management puts on each laptop. */
export interface RolesAnywhereSettings extends RoleSettings {
  readonly kind: "roles-anywhere";
  /**
   * Conditional: this or `certificateBundle`. ARN of the AWS private certificate authority that issues
   * device certificates, in the route's region.
   */
  readonly acmPcaArn?: string | undefined;
  /**
   * Conditional: this or `acmPcaArn`. PEM text of the company's own authority, one certificate or two while
   * it is being renewed. Certificates are public; a private key is refused.
   */
  readonly certificateBundle?: string | undefined;
  /**
   * Exact subject fields of a device certificate, for example `{ OU: "Laptops" }`. Becomes a condition on
   * `aws:PrincipalTag/x509Subject/<field>`. Several values of one field are one text, `/` between them.
   */
  readonly subject: Readonly<Record<string, string>>;
}
