import { CommandFailed, type ExitCode, type Io } from "../config/io.ts";
import type { RevocationRequest } from "../server/revocation-api.ts";
import { namesSomething, subjectKey } from "../store/subjects.ts";
import {
  clientOfService,
  clientOfStore,
  openStoreOf,
  type RevocationClient,
} from "./revocation-client.ts";

export interface WayIn {
  /** Origin of the service; an administrator's token comes from `COWORK_ADMIN_TOKEN` or standard input. */
  readonly url?: string;
  /** Configuration whose Redis is written to directly. */
  readonly config?: string;
  readonly json?: boolean;
}

export interface SubjectOptions {
  readonly user?: string;
  readonly device?: string;
  readonly group?: string;
  readonly key?: string;
  readonly everything?: boolean;
}

export interface RevokeOptions extends WayIn, SubjectOptions {
  readonly reason: string;
  readonly until?: string;
}

export async function revokeCommand(options: RevokeOptions, io: Io): Promise<ExitCode> {
  const subject = subjectOf(options);
  const until = options.until === undefined ? undefined : Date.parse(options.until);
  if (until !== undefined && !(until > io.now())) {
    throw new CommandFailed("--until takes a date and time to come, like 2027-01-31T00:00:00Z", 2);
  }
  return withClient(options, io, async (client) => {
    const answer = await client.revoke({
      subject,
      reason: options.reason,
      ...(until === undefined ? {} : { untilEpochSeconds: Math.floor(until / 1000) }),
    });
    if (options.json) io.out(JSON.stringify({ subject, ...answer }));
    else {
      const last = answer.lastCredentialExpiresAtEpochSeconds;
      io.out(`${subjectKey(subject)}: every request after ${answer.refusedFrom} is refused`);
      io.out(
        last === undefined
          ? "offboarding takes 0 s: no credential given out before is known to live"
          : `offboarding takes ${answer.offboardingSeconds} s: the last credential given out before ends at ${new Date(last * 1000).toISOString()}`,
      );
    }
    return 0;
  });
}

export async function liftCommand(options: WayIn & SubjectOptions, io: Io): Promise<ExitCode> {
  const subject = subjectOf(options);
  return withClient(options, io, async (client) => {
    const lifted = await client.lift(subject);
    if (options.json) io.out(JSON.stringify({ subject, lifted }));
    else io.out(`${subjectKey(subject)}: ${lifted ? "lifted" : "was not revoked"}`);
    return lifted ? 0 : 1;
  });
}

export async function revocationsCommand(options: WayIn, io: Io): Promise<ExitCode> {
  return withClient(options, io, async (client) => {
    const revocations = await client.list();
    if (options.json) io.out(JSON.stringify({ revocations }));
    else if (revocations.length === 0) io.out("nothing is revoked");
    else {
      for (const {
        subject,
        reason,
        revokedBy,
        revokedAtEpochSeconds,
        untilEpochSeconds,
      } of revocations) {
        const until = untilEpochSeconds === undefined ? "" : ` until ${iso(untilEpochSeconds)}`;
        io.out(
          `${subjectKey(subject)}: since ${iso(revokedAtEpochSeconds)}${until}, by ${revokedBy}: ${reason}`,
        );
      }
    }
    return 0;
  });
}

/** An operator says that revocations are in place again after the store lost data. */
export async function confirmStoreCommand(
  { config }: { readonly config?: string },
  io: Io,
): Promise<ExitCode> {
  const { store } = await openStoreOf(config, io);
  try {
    const confirmed = await store.confirmLoss();
    io.out(
      confirmed
        ? "confirmed: the service answers again, with the revocations that are in the store now"
        : "the store lost nothing: there is nothing to confirm",
    );
    return confirmed ? 0 : 1;
  } finally {
    await store.close();
  }
}

async function withClient(
  { url, config }: WayIn,
  io: Io,
  work: (client: RevocationClient) => Promise<ExitCode>,
): Promise<ExitCode> {
  if (url !== undefined && config !== undefined) {
    throw new CommandFailed("--url asks the service, --config writes to its store: pass one", 2);
  }
  const client = url === undefined ? await clientOfStore(config, io) : clientOfService(url, io);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

function subjectOf(options: SubjectOptions): RevocationRequest["subject"] {
  const named = (["user", "device", "group", "key"] as const).flatMap((by) => {
    const value = options[by];
    return value === undefined ? [] : [{ by, value }];
  });
  const [only, ...more] = [
    ...named,
    ...(options.everything ? [{ by: "everything" as const }] : []),
  ];
  if (only !== undefined && more.length === 0) {
    if (only.by === "everything" || namesSomething(only.value)) return only;
    throw new CommandFailed(`--${only.by} names nobody`, 2);
  }
  throw new CommandFailed("name one of --user, --device, --group, --key, --everything", 2);
}

const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
