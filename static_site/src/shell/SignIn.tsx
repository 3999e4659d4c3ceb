import { Button, Card, Text, Title2, makeStyles, tokens } from "@fluentui/react-components";
import { holdsAny } from "../outbox/outbox";
import { texts } from "../texts";
import { browserStore } from "../parts/browserStore";
import { Logo } from "./Logo";
import { loginUrl } from "./session";

const useStyles = makeStyles({
  page: {
    minHeight: "100%",
    display: "grid",
    placeItems: "center",
    padding: tokens.spacingHorizontalXXL,
    boxSizing: "border-box",
    backgroundColor: tokens.colorNeutralBackground2,
  },
  card: { width: "400px", maxWidth: "100%", boxSizing: "border-box", padding: "40px", gap: tokens.spacingVerticalL },
  words: { color: tokens.colorNeutralForeground2 },
  title: { margin: 0 },
});

export default function SignIn() {
  const styles = useStyles();
  return (
    <main className={styles.page}>
      <Card className={styles.card}>
        <Logo size={40} />
        <Title2 as="h1" className={styles.title}>
          {texts.app.name}
        </Title2>
        <Text className={styles.words}>{texts.signIn.intro}</Text>
        {holdsAny(browserStore) && <Text className={styles.words}>{texts.outbox.keptForSignIn}</Text>}
        <Button as="a" appearance="primary" size="large" href={loginUrl()}>
          {texts.signIn.button}
        </Button>
      </Card>
    </main>
  );
}
