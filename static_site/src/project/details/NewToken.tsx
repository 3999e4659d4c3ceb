import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  Select,
  Text,
  Textarea,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { CopyRegular } from "@fluentui/react-icons";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../../api/client";
import type { MemberRole, NewAccessToken, Project } from "../../api/types";
import { copyText } from "../../parts/copyText";
import { fieldMessage } from "../../parts/fields";
import { FormDialog } from "../../parts/FormDialog";
import { texts } from "../../texts";
import { RoleSelect } from "./RoleSelect";

const LIFETIMES = [7, 30, 90, 180, 365];
const USUAL_LIFETIME = 90;

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  secret: { fontFamily: tokens.fontFamilyMonospace },
  told: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: tokens.spacingVerticalS },
  whole: { alignSelf: "stretch" },
});

interface NewTokenProps {
  project: Project;
  onMade: () => void;
  onClose: () => void;
}

/** Asks what the new token shall be, makes it, and shows it this once. */
export function NewToken({ project, onMade, onClose }: NewTokenProps) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<MemberRole>("labeler");
  const [days, setDays] = useState(USUAL_LIFETIME);
  const make = useMutation({
    // What was made is forgotten with this dialog.
    gcTime: 0,
    mutationFn: () =>
      ok(
        api.POST("/api/projects/{project_id}/tokens", {
          params: { path: { project_id: project.id } },
          body: { name: name.trim(), role, expiresInDays: days },
        }),
      ),
    onSuccess: onMade,
  });
  if (make.data) return <MadeToken project={project} made={make.data} onClose={onClose} />;
  return (
    <FormDialog
      title={texts.tokens.makeTitle}
      button={texts.tokens.makeButton}
      ready={name.trim() !== ""}
      pending={make.isPending}
      error={make.error}
      onSubmit={() => make.mutate()}
      onClose={onClose}
    >
      <Field
        label={texts.tokens.name}
        hint={texts.tokens.nameHint}
        validationMessage={fieldMessage(make.error, "name")}
      >
        <Input value={name} maxLength={100} onChange={(_, data) => setName(data.value)} />
      </Field>
      <Field label={texts.tokens.role}>
        <RoleSelect value={role} onChange={setRole} />
      </Field>
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

/** The token, this once. It is left by its button only: a click beside it would lose the token. */
function MadeToken({ project, made, onClose }: { project: Project; made: NewAccessToken; onClose: () => void }) {
  const styles = useStyles();
  const example = `curl -H "X-Access-Token: ${made.token}" ${location.origin}/api/projects/${project.id}`;
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{texts.tokens.madeTitle(made.name)}</DialogTitle>
          <DialogContent className={styles.content}>
            <Text>{texts.tokens.once}</Text>
            <div className={styles.told}>
              <Field label={texts.tokens.token} className={styles.whole}>
                <Input readOnly value={made.token} input={{ className: styles.secret }} />
              </Field>
              <Button icon={<CopyRegular />} onClick={() => void copyText(made.token)}>
                {texts.tokens.copyToken}
              </Button>
            </div>
            <div className={styles.told}>
              <Field label={texts.tokens.example} className={styles.whole}>
                <Textarea readOnly rows={4} value={example} textarea={{ className: styles.secret }} />
              </Field>
              <Button icon={<CopyRegular />} onClick={() => void copyText(example)}>
                {texts.tokens.copyExample}
              </Button>
            </div>
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              {texts.tokens.done}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
