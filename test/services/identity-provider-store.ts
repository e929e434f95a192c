import type { Adapter, AdapterPayload } from "oidc-provider";

/**
 * Keeps what oidc-provider stores (sessions, codes, refresh tokens) in one map that outlives a key rotation, for
 * which the provider is built anew. Nothing is evicted: expiry is judged by the provider itself, from each payload.
 */
export function memoryStore(): (model: string) => Adapter {
  const payloads = new Map<string, AdapterPayload>();
  return (model) => {
    const prefix = `${model}:`;
    const key = (id: string) => prefix + id;
    const firstWhere = (matches: (payload: AdapterPayload) => boolean) => {
      for (const [id, payload] of payloads) {
        if (id.startsWith(prefix) && matches(payload)) return payload;
      }
      return undefined;
    };
    return {
      async upsert(id, payload) {
        payloads.set(key(id), payload);
      },
      async find(id) {
        return payloads.get(key(id));
      },
      async findByUserCode(userCode) {
        return firstWhere((payload) => payload.userCode === userCode);
      },
      async findByUid(uid) {
        return firstWhere((payload) => payload.uid === uid);
      },
      async consume(id) {
        const payload = payloads.get(key(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      async destroy(id) {
        payloads.delete(key(id));
      },
      async revokeByGrantId(grantId) {
        for (const [id, payload] of payloads) {
          if (id.startsWith(prefix) && payload.grantId === grantId) payloads.delete(id);
        }
      },
    };
  };
}
