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
  Text,
  Textarea,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { CopyRegular } from "@fluentui/react-icons";
import { copyText } from "../parts/copyText";
import { texts } from "../texts";

const useStyles = makeStyles({
  content: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  secret: { fontFamily: tokens.fontFamilyMonospace },
  told: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: tokens.spacingVerticalS },
  whole: { alignSelf: "stretch" },
});

/** What to do with a token: a command, and what it is for. */
export interface Example {
  label: string;
  command: string;
}

interface MadeTokenProps {
  name: string;
  token: string;
  example: Example;
  onClose: () => void;
}

/** The token, this once. It is left by its button only: a click beside it would lose the token. */
export function MadeToken({ name, token, example, onClose }: MadeTokenProps) {
  const styles = useStyles();
  return (
    <Dialog open modalType="alert">
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{texts.tokens.madeTitle(name)}</DialogTitle>
          <DialogContent className={styles.content}>
            <Text>{texts.tokens.once}</Text>
            <div className={styles.told}>
              <Field label={texts.tokens.token} className={styles.whole}>
                <Input readOnly value={token} input={{ className: styles.secret }} />
              </Field>
              <Button icon={<CopyRegular />} onClick={() => void copyText(token)}>
                {texts.tokens.copyToken}
              </Button>
            </div>
            <div className={styles.told}>
              <Field label={example.label} className={styles.whole}>
                <Textarea readOnly rows={4} value={example.command} textarea={{ className: styles.secret }} />
              </Field>
              <Button icon={<CopyRegular />} onClick={() => void copyText(example.command)}>
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
