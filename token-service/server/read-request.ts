import type { IncomingMessage } from "node:http";

import { unambiguousJson } from "../unambiguous-json.ts";
import type { Refusal } from "./refusals.ts";

export const maxBodyBytes = 4096;

/** Values of a header in the order they came; Node joins or drops duplicates elsewhere. */
export function headerValues(request: IncomingMessage, name: string): readonly string[] {
  const { rawHeaders } = request;
  return rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name,
  );
}

/**
 * What a proxy in front could read differently from this service. Node's strict parser refuses the rest: a
 * `Content-Length` beside `Transfer-Encoding`, two lengths, a line break inside a value.
 */
export function framingProblem(request: IncomingMessage): Refusal | undefined {
  const once = ["host", "content-length", "transfer-encoding", "content-type", "content-encoding"];
  const twice = once.find((name) => headerValues(request, name).length > 1);
  if (twice !== undefined) return malformed(`the header ${twice} may be sent once`);
  if (request.httpVersion !== "1.1") return malformed("HTTP/1.1 is needed");
  if (headerValues(request, "host").length === 0) return malformed("the header host is missing");
  return undefined;
}

/** `application/json`, in UTF-8 and not compressed; anything else is another client than ours. */
export function mediaTypeProblem(request: IncomingMessage): Refusal | undefined {
  const [type = ""] = headerValues(request, "content-type");
  const json = /^application\/json(\s*;\s*charset="?utf-8"?)?$/i.test(type.trim());
  if (json && headerValues(request, "content-encoding").length === 0) return undefined;
  return {
    code: "unsupported_media_type",
    message: "the body has to be application/json, not compressed",
  };
}

export function hasBody(request: IncomingMessage): boolean {
  const length = headerValues(request, "content-length")[0] ?? "0";
  return length !== "0" || headerValues(request, "transfer-encoding").length > 0;
}

/** The whole body, or why not. Reads no further than the limit. */
export function readBody(request: IncomingMessage): Promise<Buffer | Refusal> {
  const tooLarge: Refusal = {
    code: "request_too_large",
    message: `the body may have ${maxBodyBytes} bytes`,
  };
  if (Number(headerValues(request, "content-length")[0] ?? 0) > maxBodyBytes) {
    return Promise.resolve(tooLarge);
  }
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    // Leaving a `for await` early would destroy the connection before the refusal is sent.
    const onData = (part: Buffer) => {
      size += part.length;
      if (size <= maxBodyBytes) parts.push(part);
      else {
        request.off("data", onData).pause();
        resolve(tooLarge);
      }
    };
    request.on("data", onData);
    request.once("end", () => resolve(Buffer.concat(parts)));
    request.once("close", () => resolve(malformed("the body ended early")));
    request.once("error", () => resolve(malformed("the body ended early")));
  });
}

/** A JSON value, or undefined when the bytes are none in UTF-8, or one that can be read in two ways. */
export function parseJson(body: Buffer): unknown {
  try {
    return unambiguousJson(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

function malformed(message: string): Refusal {
  return { code: "malformed_request", message };
}
