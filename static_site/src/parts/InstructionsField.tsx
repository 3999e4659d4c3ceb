import { Field, Text, Textarea, makeStyles, tokens } from "@fluentui/react-components";
import { useDeferredValue } from "react";
import { texts } from "../texts";
import { Markdown } from "./Markdown";

const useStyles = makeStyles({
  whole: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(280px, 100%), 1fr))",
    gap: tokens.spacingHorizontalL,
  },
  preview: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS, minWidth: 0 },
  paper: {
    flexGrow: 1,
    boxSizing: "border-box",
    minHeight: "168px",
    maxHeight: "360px",
    overflow: "auto",
    padding: tokens.spacingVerticalS,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
  quiet: { color: tokens.colorNeutralForeground2 },
});

const MOST_CHARACTERS = 20_000;

interface InstructionsFieldProps {
  text: string;
  message: string | undefined;
  onChange: (text: string) => void;
}

/** The labelers' instructions as they are written, and as they will be read. */
export function InstructionsField({ text, message, onChange }: InstructionsFieldProps) {
  const styles = useStyles();
  const shown = useDeferredValue(text);
  return (
    <div className={styles.whole}>
      <Field label={texts.wizard.instructionsText} hint={texts.wizard.instructionsHint} validationMessage={message}>
        <Textarea
          rows={8}
          resize="vertical"
          value={text}
          maxLength={MOST_CHARACTERS}
          onChange={(_, data) => onChange(data.value)}
        />
      </Field>
      <div className={styles.preview}>
        <Text aria-hidden>{texts.wizard.preview}</Text>
        <div className={styles.paper} tabIndex={0} role="group" aria-label={texts.wizard.preview}>
          {shown.trim() ? <Markdown>{shown}</Markdown> : <Text className={styles.quiet}>{texts.wizard.previewEmpty}</Text>}
        </div>
      </div>
    </div>
  );
}
