import { MessageBar, MessageBarBody, makeStyles } from "@fluentui/react-components";
import { useReach } from "../api/reach";
import { useOnline } from "../parts/useOnline";
import { texts } from "../texts";

const useStyles = makeStyles({ whole: { flexShrink: 0 } });

/** Says that what is on the page may not be so any more, as long as nothing newer can be had. */
export function SilenceBar() {
  const styles = useStyles();
  const isOnline = useOnline();
  const answers = useReach();
  if (isOnline && answers) return null;
  return (
    <MessageBar intent="warning" shape="square" layout="multiline" role="status" className={styles.whole}>
      <MessageBarBody>{isOnline ? texts.errors.silent : texts.errors.offline}</MessageBarBody>
    </MessageBar>
  );
}
