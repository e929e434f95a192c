import { type AwsPlace, accountArn } from "../place.ts";

/** Inputs every role of a route takes. */
export interface RoleSettings {
  /** Default `/cowork/`: one prefix to find, and to protect, every role of the kit. */
  readonly path?: string | undefined;
  /** ARN of the managed policy that bounds the role. Default: one written from the route's own grant. */
  readonly permissionsBoundaryArn?: string | undefined;
  /**
   * Longest session, in seconds. Default 3600, which is also what AWS allows a chained session.
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-settings.html
   */
  readonly maxSessionSeconds?: number | undefined;
}

export const defaultPath = "/cowork/";
export const defaultSessionSeconds = 3600;

/** The role's ARN, known before the role exists: policies that name it stay readable at preview. */
export function roleArn(place: AwsPlace, roleName: string, path = defaultPath): string {
  return accountArn(place, "iam", `role${path}${roleName}`);
}
