import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import languageProto, {
  type ProgramInfo,
  type RunRequest,
} from "@pulumi/pulumi/proto/language_pb.js";

/** Exit code of `@pulumi/pulumi/cmd/run` for "the user has been told": the engine then adds nothing. */
const alreadyTold = 32;

/** Runs the program as the official host does: Node from PATH, the SDK the program itself would load. */
export async function runProgram(
  request: RunRequest,
  engineAddress: string,
): Promise<languageProto.RunResponse> {
  const info = programOf(request);
  const runner = moduleFor(info.getProgramDirectory(), "@pulumi/pulumi/cmd/run");
  const child = spawn("node", [runner, ...programArguments(request, info, engineAddress)], {
    env: { ...process.env, ...programEnvironment(request), ...runtimeOptions(info) },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const response = new languageProto.RunResponse();
  await new Promise<void>((resolve) => {
    child.on("error", (error) => {
      response.setError(`Problem executing program (could not run language executor): ${error}`);
      resolve();
    });
    child.on("close", (code) => {
      if (code === alreadyTold) response.setBail(true);
      else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code}`);
      resolve();
    });
  });
  return response;
}

function programArguments(request: RunRequest, info: ProgramInfo, engine: string): string[] {
  const named = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": info.getRootDirectory(),
    stack: request.getStack(),
    pwd: info.getProgramDirectory(),
  };
  return [
    ...Object.entries(named).flatMap(([name, value]) => (value ? [`--${name}`, value] : [])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    "--parallel",
    String(request.getParallel()),
    info.getEntryPoint(),
    ...request.getArgsList(),
  ];
}

/** Keys are `namespace:config:name` here: the official host keeps that old form, the SDK undoes it. */
function programEnvironment(request: RunRequest): Record<string, string> {
  const entries = request
    .getConfigMap()
    .toObject()
    .map(([key, value]) => [key.replace(/:(?:config:)?/, ":config:"), value]);
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(entries)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
  };
}

/** `typescript` is on unless the project says otherwise: the SDK then registers ts-node. */
export function runtimeOptions(info: ProgramInfo): Record<string, string> {
  const options: unknown = info.getOptions()?.toJavaScript();
  const off =
    typeof options === "object" &&
    options !== null &&
    "typescript" in options &&
    options.typescript === false;
  return off ? {} : { PULUMI_NODEJS_TYPESCRIPT: "true" };
}

export function programOf(request: { getInfo(): ProgramInfo | undefined }): ProgramInfo {
  const info = request.getInfo();
  if (info === undefined) throw new Error("the engine named no program");
  return info;
}

/** Path of a module as a file of that folder would find it. */
export function moduleFor(folder: string, name: string): string {
  return createRequire(join(folder, "any.js")).resolve(name);
}
