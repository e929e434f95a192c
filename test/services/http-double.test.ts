import { afterEach, expect, test } from "vitest";
import { type HttpDouble, type HttpDoubleOptions, startHttpDouble } from "./http-double.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function start(options: HttpDoubleOptions): Promise<HttpDouble> {
  const double = await startHttpDouble(options);
  closers.push(double.close);
  return double;
}

test("it records what came and answers from the script", async () => {
  const double = await start({
    answer: (request) => ({ status: 201, body: { echo: request.path }, headers: { "x-a": "b" } }),
  });
  const response = await fetch(`${double.url}/v1/token?alt=json`, {
    method: "POST",
    headers: { Authorization: "Bearer x" },
    body: "grant=é",
  });
  expect(response.status).toBe(201);
  expect(response.headers.get("x-a")).toBe("b");
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(await response.json()).toEqual({ echo: "/v1/token" });
  const [request] = double.requests;
  expect(request).toMatchObject({ method: "POST", path: "/v1/token", body: "grant=é" });
  expect(request?.headers.authorization).toBe("Bearer x");
  expect(request?.query.get("alt")).toBe("json");
});

test("answers in a list come in order, and the last repeats", async () => {
  const double = await start({ answer: [{ status: 503 }, { body: "fine" }] });
  const statuses = [];
  for (let i = 0; i < 3; i += 1) statuses.push((await fetch(double.url)).status);
  expect(statuses).toEqual([503, 200, 200]);
  double.answerWith([{ status: 429 }]);
  expect((await fetch(double.url)).status).toBe(429);
  expect(double.requests).toHaveLength(4);
});

test("it can hang up", async () => {
  const double = await start({ answer: [{ hangUp: true }] });
  await expect(fetch(double.url)).rejects.toThrow("fetch failed");
  expect(double.requests).toHaveLength(1);
});

test("a script that throws says so in an answer that no cloud gives", async () => {
  const double = await start({
    answer: () => {
      throw new Error("no answer for this");
    },
  });
  const response = await fetch(double.url);
  expect(response.status).toBe(599);
  expect(await response.text()).toBe("the test's script failed: no answer for this");
});

test("closing does not wait for connections that are kept alive or answers that are slow", async () => {
  const double = await start({ answer: [{ delayMs: 60_000 }] });
  const pending = fetch(double.url).catch((error: Error) => error.message);
  while (double.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await double.close();
  expect(await pending).toBe("fetch failed");
});
