import { Field, Input, Select } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { fieldMessage } from "../parts/fields";
import { FormDialog } from "../parts/FormDialog";
import { texts } from "../texts";
import { MadeToken, type Example } from "./MadeToken";

const LIFETIMES = [7, 30, 90, 180, 365];
const USUAL_LIFETIME = 90;

interface NewTokenDialogProps {
  /** What else is asked or said, above its lifetime. */
  children?: ReactNode;
  /** Makes a token and gives its text. */
  make: (name: string, days: number) => Promise<string>;
  example: (token: string) => Example;
  onMade: () => void;
  onClose: () => void;
}

/** Asks what the new token shall be, makes it, and shows it this once. */
export function NewTokenDialog({ children, make, example, onMade, onClose }: NewTokenDialogProps) {
  const [name, setName] = useState("");
  const [days, setDays] = useState(USUAL_LIFETIME);
  const making = useMutation({
    // What was made is forgotten with this dialog.
    gcTime: 0,
    mutationFn: () => make(name.trim(), days),
    onSuccess: onMade,
  });
  if (making.data) {
    return <MadeToken name={name.trim()} token={making.data} example={example(making.data)} onClose={onClose} />;
  }
  return (
    <FormDialog
      title={texts.tokens.makeTitle}
      button={texts.tokens.makeButton}
      ready={name.trim() !== ""}
      pending={making.isPending}
      error={making.error}
      onSubmit={() => making.mutate()}
      onClose={onClose}
    >
      <Field
        label={texts.tokens.name}
        hint={texts.tokens.nameHint}
        validationMessage={fieldMessage(making.error, "name")}
      >
        <Input value={name} maxLength={100} onChange={(_, data) => setName(data.value)} />
      </Field>
      {children}
      <Field label={texts.tokens.lifetime}>
        <Select value={String(days)} onChange={(_, data) => setDays(Number(data.value))}>
          {LIFETIMES.map((one) => (
            <option key={one} value={one}>
              {texts.tokens.days(one)}
            </option>
          ))}
        </Select>
      </Field>
    </FormDialog>
  );
}
