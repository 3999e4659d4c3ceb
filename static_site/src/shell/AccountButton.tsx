import { Button, makeStyles, type ButtonProps } from "@fluentui/react-components";
import { PersonCircleRegular } from "@fluentui/react-icons";
import type { Me } from "../api/types";
import { texts } from "../texts";

const useStyles = makeStyles({
  name: { maxWidth: "40ch", overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
});

/** Who is signed in. Takes what a menu gives to its trigger. */
export function AccountButton({ me, ...props }: ButtonProps & { me: Me }) {
  const styles = useStyles();
  return (
    <Button {...props} appearance="subtle" icon={<PersonCircleRegular />} aria-label={texts.header.account(me.name)}>
      <span className={styles.name}>{me.name}</span>
    </Button>
  );
}
