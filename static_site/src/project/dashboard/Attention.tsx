import { makeStyles, tokens } from "@fluentui/react-components";
import { WarningRegular } from "@fluentui/react-icons";
import { TextLink } from "../../parts/LinkButton";
import { PLAIN_LIST } from "../plainList";
import { Section } from "../../parts/Section";
import * as dashboardTexts from "../../texts/dashboard";
import type { Concern } from "./attention";

const useStyles = makeStyles({
  list: { ...PLAIN_LIST, gap: tokens.spacingVerticalS },
  one: { display: "flex", alignItems: "baseline", gap: tokens.spacingHorizontalS },
  icon: { flexShrink: 0, alignSelf: "center", fontSize: "20px", color: tokens.colorStatusWarningForeground3 },
  words: { overflowWrap: "anywhere", minWidth: 0 },
});

/** What needs somebody's attention, each with the way to do something about it; nothing where all is well. */
export function Attention({ concerns }: { concerns: readonly Concern[] }) {
  const styles = useStyles();
  if (concerns.length === 0) return null;
  return (
    <Section title={dashboardTexts.attention.title}>
      <ul className={styles.list}>
        {concerns.map(({ key, words, action, to }) => (
          <li key={key} className={styles.one}>
            <WarningRegular className={styles.icon} aria-hidden />
            <span className={styles.words}>
              {words} <TextLink to={to}>{action}</TextLink>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
