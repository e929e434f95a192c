import { isRecord } from "../../residency/is-record.ts";

/**
 * What the policy pack judges of a service's configuration whose text cannot be known before its store exists: places
 * and kind of store, in the configuration's own words. At `up` the pack judges the text itself.
 *
 * @param config JSON text, with a stand-in for what does not exist yet
 */
export function servesText(config: string): string {
  const read: unknown = JSON.parse(config);
  const { routes, store } = isRecord(read) ? read : {};
  const served = Array.isArray(routes)
    ? routes.map((route: unknown) => {
        const { name, provider, region } = isRecord(route) ? route : {};
        return { name, provider, region };
      })
    : undefined;
  return JSON.stringify({
    routes: served,
    store: { kind: isRecord(store) ? store.kind : undefined },
  });
}
