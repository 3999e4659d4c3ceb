import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { CopyRegular } from "@fluentui/react-icons";
import { texts } from "../texts";
import { copyText } from "./copyText";

const useStyles = makeStyles({
  whole: { display: "flex", flexWrap: "wrap", alignItems: "flex-end", gap: tokens.spacingHorizontalS },
  link: { flex: "1 1 220px", minWidth: 0 },
  input: { minWidth: 0, width: "100%" },
});

/** A page of this site as a link to send, copied by one click. */
export function CopyLink({ label, path }: { label: string; path: string }) {
  const styles = useStyles();
  const link = location.origin + path;
  return (
    <div className={styles.whole}>
      <Field label={label} className={styles.link}>
        <Input className={styles.input} readOnly value={link} onFocus={(event) => event.target.select()} />
      </Field>
      <Button icon={<CopyRegular />} onClick={() => void copyText(link, texts.common.linkCopied)}>
        {texts.common.copyLink}
      </Button>
    </div>
  );
}
