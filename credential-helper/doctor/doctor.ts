export async function doctor(_a: unknown, _e: unknown): Promise<number> { return 1; }
