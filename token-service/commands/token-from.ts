import { CommandFailed, type Io } from "../config/io.ts";

/** A token from the environment or standard input; never from an argument, which every process could read. */
export async function tokenFrom(variable: string, io: Io): Promise<string> {
  const token = (io.env[variable] ?? (await io.readInput())).trim();
  if (/^[A-Za-z0-9._~+/=-]+$/.test(token)) return token;
  const what = token === "" ? "no token" : "no single token";
  throw new CommandFailed(`${what}: set ${variable}, or pass it on standard input`, 2);
}
