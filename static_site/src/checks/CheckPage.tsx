import { Button, Text, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowLeftRegular, DeleteRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useNavigate } from "react-router";
import { isProblem } from "../api/client";
import { useCheck } from "../api/queries/checks";
import type { Check, Project } from "../api/types";
import { formatDateTime } from "../parts/format";
import { LinkButton } from "../parts/LinkButton";
import { PersonName } from "../parts/PersonName";
import { Section } from "../parts/Section";
import { Loaded, Nothing } from "../parts/States";
import { texts } from "../texts";
import { checks } from "../texts/checks";
import { checkAddress, judgeAddress } from "./addresses";
import { CheckTable } from "./CheckTable";
import { DeleteCheck } from "./DeleteCheck";
import { decidedOf } from "./figures";
import { scopeOf } from "./scope";
import { Share } from "./Share";

const useStyles = makeStyles({
  whole: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalL },
  top: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalS, alignItems: "center" },
  end: { marginLeft: "auto" },
  quiet: { color: tokens.colorNeutralForeground2 },
  lines: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalXS },
  figures: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalXXL, margin: 0 },
  figure: { display: "flex", flexDirection: "column" },
  value: { order: -1, margin: 0, fontSize: tokens.fontSizeHero700, lineHeight: tokens.lineHeightHero700, fontWeight: tokens.fontWeightSemibold },
  pair: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(480px, 100%), 1fr))",
    gap: tokens.spacingHorizontalL,
    alignItems: "start",
  },
});

const FIGURES = ["right", "wrong", "unclear"] as const;

function Result({ check }: { check: Check }) {
  const styles = useStyles();
  const left = check.size - check.judged;
  const figures = [...FIGURES.map((name) => [name, check[name]] as const), ...(left > 0 ? [["left", left] as const] : [])];
  return (
    <Section title={scopeOf(check)}>
      <div className={styles.lines}>
        <Share figures={check} large />
        {check.interval && <Text>{checks.inWords(check.right, decidedOf(check), check.interval)}</Text>}
        {check.unclear > 0 && <Text className={styles.quiet}>{checks.withoutUnclear(check.unclear)}</Text>}
        {left > 0 && <Text className={styles.quiet}>{checks.soFar}</Text>}
      </div>
      <dl className={styles.figures}>
        {figures.map(([name, value]) => (
          <div key={name} className={styles.figure}>
            <dt className={styles.quiet}>{checks.figures[name]}</dt>
            <dd className={styles.value}>{value.toLocaleString("en")}</dd>
          </div>
        ))}
      </dl>
      <Text size={200} className={styles.quiet}>
        {`${checks.drawn(check.size, check.byName ?? "")}, ${formatDateTime(check.createdAt)}`}
      </Text>
    </Section>
  );
}

/** What a check has found. */
export function CheckPage({ project, checkId }: { project: Project; checkId: string }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const query = useCheck(project.id, checkId);
  const [isDeleting, setDeleting] = useState(false);
  const back = (
    <LinkButton appearance="subtle" icon={<ArrowLeftRegular />} to={checkAddress(project.id)}>
      {checks.back}
    </LinkButton>
  );
  if (isProblem(query.error, 404) && !isDeleting) return <Nothing title={checks.gone} actions={back} />;
  return (
    <Loaded query={query}>
      {(check) => (
        <div className={styles.whole}>
          <div className={styles.top}>
            {back}
            <div className={styles.end} />
            <LinkButton
              appearance={check.status === "open" ? "primary" : "secondary"}
              to={judgeAddress(project.id, check.id)}
            >
              {check.status === "open" ? checks.goOn : checks.change}
            </LinkButton>
            <Button icon={<DeleteRegular />} onClick={() => setDeleting(true)}>
              {texts.common.delete}
            </Button>
          </div>
          <Result check={check} />
          <div className={styles.pair}>
            <CheckTable
              title={checks.byLabel}
              first={checks.chooseLabel}
              rows={check.byLabel.map((one) => ({ ...one, key: one.label ?? "", name: one.label ?? texts.labeling.noneOfThese }))}
            />
            <CheckTable
              title={checks.byLabeler}
              first={checks.chooseLabeler}
              rows={check.byLabeler.map((one) => ({ ...one, key: one.userId, name: <PersonName name={one.name} /> }))}
            />
          </div>
          {isDeleting && (
            <DeleteCheck
              project={project}
              check={check}
              onDeleted={() => void navigate(checkAddress(project.id))}
              onClose={() => setDeleting(false)}
            />
          )}
        </div>
      )}
    </Loaded>
  );
}
