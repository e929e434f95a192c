/** Port of device certificates; {@link tokenPort} takes tokens. See docs/decisions on two listeners. */
export const deviceCertificatePort = 8443;
export const tokenPort = 443;
export const storePort = 6379;

/** Origin devices with a certificate ask, known from the host name alone. */
export function deviceOriginOf(host: string): string {
  return `https://${host}:${deviceCertificatePort}`;
}
