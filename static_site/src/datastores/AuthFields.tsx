import { Field, Input, Select, Text } from "@fluentui/react-components";
import { fieldMessage } from "../parts/fields";
import { texts } from "../texts";
import { AUTH_KINDS, tokenWarnings, type AuthDraft, type AuthKind } from "./auth";

interface AuthFieldsProps {
  auth: AuthDraft;
  onChange: (auth: AuthDraft) => void;
  refusal: unknown;
}

/** How the service shows the storage account who it is. */
export function AuthFields({ auth, onChange, refusal }: AuthFieldsProps) {
  const refused = fieldMessage(refusal, "auth");
  const warnings = tokenWarnings(auth);
  return (
    <>
      <Field label={texts.datastores.authKind} required>
        <Select value={auth.kind} onChange={(_, data) => onChange({ ...auth, kind: data.value as AuthKind })}>
          {AUTH_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {texts.authKinds[kind]}
            </option>
          ))}
        </Select>
      </Field>
      {auth.kind === "sas" && (
        <Field
          label={texts.datastores.token}
          hint={texts.datastores.tokenHint}
          required
          validationState={refused ? "error" : warnings.length > 0 ? "warning" : "none"}
          validationMessage={refused ?? (warnings.map((one) => texts.datastores.warnings[one]).join(" ") || undefined)}
        >
          <Input
            type="password"
            autoComplete="off"
            value={auth.secret}
            onChange={(_, data) => onChange({ ...auth, secret: data.value })}
          />
        </Field>
      )}
      {auth.kind === "accountKey" && (
        <Field label={texts.datastores.key} required validationMessage={refused}>
          <Input
            type="password"
            autoComplete="off"
            value={auth.secret}
            onChange={(_, data) => onChange({ ...auth, secret: data.value })}
          />
        </Field>
      )}
      {auth.kind === "identity" && <Text size={200}>{texts.datastores.identityWords}</Text>}
      {auth.kind === "anonymous" && <Text size={200}>{texts.datastores.anonymousWords}</Text>}
    </>
  );
}
