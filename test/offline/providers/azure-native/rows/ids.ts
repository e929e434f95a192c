/** What most rows lie in. */
export const subscription = "11111111-2222-4333-8444-555555555555";
export const group = `/subscriptions/${subscription}/resourceGroups/cowork-us`;
export const resourceGroupName = "cowork-us";

/** Id of a resource in that group. */
export const inGroup = (path: string) => `${group}/providers/${path}`;
