import type { Datastore, DatastoreAuth } from "../api/types";

export const AUTH_KINDS = ["sas", "accountKey", "identity", "anonymous"] as const;
export type AuthKind = (typeof AUTH_KINDS)[number];

export interface AuthDraft {
  kind: AuthKind;
  secret: string;
}

export const emptyAuth: AuthDraft = { kind: "sas", secret: "" };

export function toAuth({ kind, secret }: AuthDraft): DatastoreAuth {
  switch (kind) {
    case "sas":
      return { kind, token: secret.trim() };
    case "accountKey":
      return { kind, key: secret.trim() };
    case "identity":
    case "anonymous":
      return { kind };
  }
}

/** The token says that it is for one directory, and not for which. */
export const isForDirectory = ({ kind, secret }: AuthDraft): boolean =>
  kind === "sas" && new URLSearchParams(secret.trim()).get("sr") === "d";

const HARMLESS = "rltfe";
const YEAR_MS = 366 * 24 * 60 * 60 * 1000;

/** What the service will say of a token that it takes all the same (warnings of a datastore). */
export function tokenWarnings({ kind, secret }: AuthDraft, now = Date.now()): Datastore["warnings"] {
  const says = new URLSearchParams(secret.trim());
  if (kind !== "sas" || !says.has("sig")) return [];
  const found: Datastore["warnings"] = [];
  if ([...(says.get("sp") ?? "")].some((letter) => !HARMLESS.includes(letter))) found.push("changes");
  const ends = ["se", "ske"].map((name) => Date.parse(says.get(name) ?? "")).filter((end) => !Number.isNaN(end));
  if (ends.length > 0 ? Math.min(...ends) > now + YEAR_MS : !says.has("si")) found.push("long");
  return found;
}

export const isWhole = ({ kind, secret }: AuthDraft): boolean =>
  kind === "identity" || kind === "anonymous" || secret.trim() !== "";
