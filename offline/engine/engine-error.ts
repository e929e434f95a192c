/** No usable Pulumi engine, or an engine that cannot be started. The message is the whole story: print it without a stack. */
export class EngineError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "EngineError";
    this.stack = `${this.name}: ${message}`;
  }
}
