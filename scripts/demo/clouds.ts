import { type HttpDouble, startHttpDouble } from "../../test/services/http-double.ts";
import { type MotoServer, startMotoServer } from "../../test/services/moto-server.ts";

/** Stand-ins of what the token service asks at the providers; none of them is a cloud. */
export interface Clouds {
  /** AWS STS: moto, a public imitation of AWS. */
  readonly stsUrl: string;
  /** Sends what is meant for Google and Entra to the stand-ins, and everything else on its way. */
  readonly fetch: typeof globalThis.fetch;
  /** What the platform would say of the identity the service runs as. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Life of a token, in seconds, as the provider's pages give it. */
const googleSeconds = 3600;
const entraSeconds = 4500;

/** Starts them all on this machine. */
export async function startClouds(): Promise<Clouds> {
  const [moto, google, entra, platform]: [MotoServer, HttpDouble, HttpDouble, HttpDouble] =
    await Promise.all([
      startMotoServer(),
      startHttpDouble({
        answer: () => ({
          body: {
            access_token: `ya29.stand-in-${"g".repeat(180)}`,
            token_type: "Bearer",
            expires_in: googleSeconds,
          },
        }),
      }),
      startHttpDouble({
        answer: () => ({
          body: {
            access_token: `stand-in-of-entra-${"e".repeat(300)}`,
            token_type: "Bearer",
            expires_in: entraSeconds,
          },
        }),
      }),
      startHttpDouble({
        answer: () => ({
          body: {
            access_token: "stand-in-of-a-managed-identity",
            token_type: "Bearer",
            expires_on: String(Math.floor(Date.now() / 1000) + 3600),
          },
        }),
      }),
    ]);
  const standIns: Readonly<Record<string, string>> = {
    "sts.googleapis.com": google.url,
    "login.microsoftonline.com": entra.url,
  };
  return {
    stsUrl: moto.url,
    fetch: (input, init) => {
      const asked = new URL(input instanceof Request ? input.url : input);
      const standIn = standIns[asked.host];
      return fetch(standIn === undefined ? input : `${standIn}${asked.pathname}`, init);
    },
    env: { IDENTITY_ENDPOINT: `${platform.url}/msi/token`, IDENTITY_HEADER: "stand-in" },
    close: async () => {
      await Promise.all([moto, google, entra, platform].map((one) => one.close()));
    },
  };
}
