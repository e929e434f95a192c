import pb from "@pulumi/pulumi/proto/provider_pb.js";

import type { Change } from "./diff.ts";
import type { Failure } from "./failure.ts";

/** Failures as the wire wants them. */
export function failureList(failures: readonly Failure[]): pb.CheckFailure[] {
  return failures.map(({ property, reason }) =>
    new pb.CheckFailure().setProperty(property).setReason(reason),
  );
}

const kinds = {
  add: [pb.PropertyDiff.Kind.ADD, pb.PropertyDiff.Kind.ADD_REPLACE],
  delete: [pb.PropertyDiff.Kind.DELETE, pb.PropertyDiff.Kind.DELETE_REPLACE],
  update: [pb.PropertyDiff.Kind.UPDATE, pb.PropertyDiff.Kind.UPDATE_REPLACE],
} as const;

/** A diff with one detail per changed place; nothing changed says so instead of staying silent. */
export function diffResponse(changes: readonly Change[]): pb.DiffResponse {
  const response = new pb.DiffResponse()
    .setChanges(
      changes.length === 0
        ? pb.DiffResponse.DiffChanges.DIFF_NONE
        : pb.DiffResponse.DiffChanges.DIFF_SOME,
    )
    .setDiffsList(topLevel(changes))
    .setReplacesList(topLevel(changes.filter(({ replaces }) => replaces)))
    .setHasdetaileddiff(true);
  for (const { path, kind, replaces } of changes)
    response
      .getDetaileddiffMap()
      .set(path, new pb.PropertyDiff().setInputdiff(true).setKind(kinds[kind][replaces ? 1 : 0]));
  return response;
}

function topLevel(changes: readonly Change[]): string[] {
  return [...new Set(changes.map(({ path }) => /^\w+/.exec(path)?.[0] ?? path))];
}
