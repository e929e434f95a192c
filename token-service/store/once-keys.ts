/**
 * Kept this much longer than asked, in seconds: a replica whose clock is behind accepts a token a little longer, by
 * at most the largest `clockSkewSeconds` a trust policy may say.
 */
export const onceMarginSeconds = 120;

/** What was presented once, forgotten a minute's worth at a time so that no sweep visits every key. */
export interface OnceKeys {
  readonly has: (key: string) => boolean;
  readonly add: (key: string, untilEpochSeconds: number) => void;
  readonly forget: (nowEpochSeconds: number) => void;
  readonly size: () => number;
}

export function newOnceKeys(): OnceKeys {
  const keys = new Set<string>();
  const byMinute = new Map<number, string[]>();
  return {
    has: (key) => keys.has(key),
    add(key, untilEpochSeconds) {
      keys.add(key);
      // The minute after the last second in which the token could be accepted.
      const minute = Math.floor((untilEpochSeconds + onceMarginSeconds) / 60) + 1;
      const same = byMinute.get(minute);
      if (same) same.push(key);
      else byMinute.set(minute, [key]);
    },
    forget(nowEpochSeconds) {
      for (const [minute, its] of byMinute) {
        if (minute * 60 > nowEpochSeconds) continue;
        for (const key of its) keys.delete(key);
        byMinute.delete(minute);
      }
    },
    size: () => keys.size,
  };
}
