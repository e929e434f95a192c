/** Which laptops a file is for; `any` when one file serves all of them. */
export type Platform = "macos" | "windows" | "linux" | "any";
