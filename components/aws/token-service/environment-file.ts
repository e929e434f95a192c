import { createHash } from "node:crypto";

import { type AwsPlace, bucketArn } from "../place.ts";

/** Variable the service reads its whole configuration from. */
export const configVariable = "COWORK_TOKEN_SERVICE_CONFIG";

/** Label of the container that says in a preview what its configuration will say; see `servesText`. */
export const servesLabelName = "cowork.token-service.serves";

/** Folder of the bucket that holds nothing but configurations. */
export const configurationPrefix = "configurations";

/**
 * Bytes of one line. Whatever reads such a file takes 64 KiB at most and fails the task with more.
 * @see https://github.com/aws/containers-roadmap/issues/2049 (looked up 2026-11-21)
 */
export const longestLineBytes = 60_000;

/**
 * An environment file of ECS with one variable: the configuration on one line of ASCII, ended by a line feed.
 *
 * Values are taken as they stand, quotes and spaces included. The agent of ECS drops what follows a second `=`,
 * which base64 ends with, and other readers have a meaning for `#`, `$` and quotes; within JSON's texts all of them
 * may be written as their number, and JSON has none of them elsewhere.
 *
 * @param config JSON text
 * @throws SyntaxError when it is not JSON
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/use-environment-file.html (looked up 2026-11-21)
 * @see https://github.com/aws/amazon-ecs-agent/blob/master/agent/taskresource/envFiles/envfile.go (looked up 2026-11-21)
 */
export function configurationFile(config: string): string {
  const compact = JSON.stringify(JSON.parse(config));
  return `${configVariable}=${compact.replaceAll(/[=#$'`]|[^\x20-\x7e]/g, escaped)}\n`;
}

/** One UTF-16 unit, as JSON writes it by number. */
function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/**
 * Name of the object: another one for every configuration, so that a change of it is a change of the task definition,
 * and a task that is started again or rolled back to finds the configuration it was made with.
 *
 * @param plainConfig the configuration with stand-ins for what does not exist yet, known in any preview
 */
export function configurationKey(plainConfig: string): string {
  return `${configurationPrefix}/${digestOf(configurationFile(plainConfig))}.env`;
}

/** SHA-256, hexadecimal. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export function configurationArn(place: AwsPlace, bucketName: string, key: string): string {
  return bucketArn(place, `${bucketName}/${key}`);
}
