import type { Properties } from "./struct.ts";

/**
 * Configuration of every provider instance that talks to one server.
 *
 * The engine tells a resource's provider only by the connection it speaks on: CheckRequest and
 * its like carry no provider name, and one attached server gets the Configure of every `aws.Provider`
 * of every stack. Each instance dials a connection of its own, so the peer address tells them apart.
 */
export class Configurations {
  readonly #byPeer = new Map<string, Properties>();

  /** Forgets what an earlier connection from the same address said. */
  opened(peer: string): void {
    this.#byPeer.delete(peer);
  }

  configured(peer: string, config: Properties): void {
    this.#byPeer.set(peer, config);
  }

  /** @throws Error when the connection never sent a configuration: guessing could misplace data. */
  of(peer: string): Properties {
    const config = this.#byPeer.get(peer);
    if (config === undefined)
      throw new Error("the provider was asked for a resource before it was configured");
    return config;
  }
}
