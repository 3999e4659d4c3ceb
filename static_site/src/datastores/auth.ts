import type { DatastoreAuth } from "../api/types";

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

export const isWhole = ({ kind, secret }: AuthDraft): boolean =>
  kind === "identity" || kind === "anonymous" || secret.trim() !== "";
