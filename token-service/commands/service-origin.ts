import { serviceOrigin } from "../../contract/helper-config.ts";
import { CommandFailed } from "../config/io.ts";

/**
 * The `--url` of a command that sends a token: anybody on the way could take one that went in the clear.
 *
 * @throws CommandFailed for anything but an https origin, or http on the machine itself.
 */
export function neededOrigin(url: string): string {
  const origin = url.replace(/\/$/, "");
  if (serviceOrigin.safeParse(origin).success) return origin;
  const wanted = "an https origin without path or credentials (http only on 127.0.0.1)";
  throw new CommandFailed(`--url ${url}: a token is sent there, so that it has to be ${wanted}`, 2);
}
