import { Button, Field, Radio, RadioGroup, Select, Text, makeStyles, tokens } from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { api, ok } from "../api/client";
import { allChecks } from "../api/queries/checks";
import { useProgress } from "../api/queries/projects";
import { askAgain } from "../api/queryClient";
import type { Progress, Project } from "../api/types";
import { Section } from "../parts/Section";
import { Loaded, Trouble } from "../parts/States";
import { checks } from "../texts/checks";
import { judgeAddress } from "./addresses";
import { FEWEST, intervalOf, marginOf, minutesFor, MOST, sizesFor, USUAL } from "./margin";

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  parts: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(300px, 100%), 1fr))",
    gap: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXXL}`,
    alignItems: "start",
  },
  scope: { display: "flex", flexDirection: "column", gap: tokens.spacingVerticalS, minWidth: 0 },
  select: { width: "100%", minWidth: 0 },
  size: { display: "flex", flexWrap: "wrap", columnGap: tokens.spacingHorizontalS },
  start: { alignSelf: "flex-start" },
});

const SCOPES = ["all", "label", "labeler"] as const;
type Scope = (typeof SCOPES)[number];

/** Of which labels a check may be drawn, and how many there are. */
function choicesOf(scope: Scope, project: Project, progress: Progress): { value: string; name: string; count: number }[] {
  if (scope === "label") {
    const counts = new Map(progress.byLabel.map(({ label, count }) => [label, count]));
    return project.labels.map(({ id, name }) => ({ value: String(id), name, count: counts.get(name) ?? 0 }));
  }
  return progress.byLabeler.map(({ userId, name, labeled }) => ({ value: userId, name, count: labeled }));
}

function Form({ project, progress }: { project: Project; progress: Progress }) {
  const styles = useStyles();
  const navigate = useNavigate();
  const [scope, setScope] = useState<Scope>("all");
  const [chosen, setChosen] = useState<string | null>(null);
  const [asked, setAsked] = useState<number | null>(null);
  const choices = scope === "all" ? [] : choicesOf(scope, project, progress);
  const choice = choices.find(({ value }) => value === chosen) ?? choices.find(({ count }) => count > 0);
  const labeled = scope === "all" ? progress.labeled : (choice?.count ?? 0);
  const sizes = sizesFor(labeled);
  const size = sizes.find((one) => one === asked) ?? sizes.findLast((one) => one <= USUAL) ?? sizes[0];
  const start = useMutation({
    mutationFn: (drawn: number) => {
      const body = {
        // Fewer are drawn where there are fewer.
        size: Math.min(Math.max(drawn, FEWEST), MOST),
        ...(scope === "label" && choice && { label: Number(choice.value) }),
        ...(scope === "labeler" && choice && { labeler: choice.value }),
      };
      return ok(api.POST("/api/projects/{project_id}/checks", { params: { path: { project_id: project.id } }, body }));
    },
    onSuccess: (check) => {
      void askAgain(allChecks(project.id));
      void navigate(judgeAddress(project.id, check.id));
    },
  });
  return (
    <>
      <div className={styles.parts}>
        <div className={styles.scope}>
          <Field label={checks.which}>
            <RadioGroup value={scope} onChange={(_, data) => setScope(data.value as Scope)}>
              {SCOPES.map((one) => (
                <Radio key={one} value={one} label={checks.scopes[one]} />
              ))}
            </RadioGroup>
          </Field>
          {scope !== "all" && (
            <Field label={scope === "label" ? checks.chooseLabel : checks.chooseLabeler}>
              <Select
                select={{ className: styles.select }}
                value={choice?.value ?? ""}
                onChange={(_, data) => setChosen(data.value)}
              >
                {choices.map(({ value, name, count }) => (
                  <option key={value} value={value}>
                    {checks.countOf(name, count)}
                  </option>
                ))}
              </Select>
            </Field>
          )}
        </div>
        {size === undefined ? (
          <Text role="status">{checks.nothingHere}</Text>
        ) : (
          <Field label={checks.howMany} hint={size < labeled ? checks.meaning(size, intervalOf(size)) : undefined}>
            <RadioGroup value={String(size)} onChange={(_, data) => setAsked(Number(data.value))}>
              {sizes.map((one) => (
                <Radio
                  key={one}
                  value={String(one)}
                  label={
                    <span className={styles.size}>
                      <span>{checks.size(one, one === labeled)}:</span>
                      <span>{one === labeled ? checks.meansAll : checks.means(marginOf(one))}</span>
                      <span className={styles.quiet}>{checks.takes(minutesFor(one))}</span>
                    </span>
                  }
                />
              ))}
            </RadioGroup>
          </Field>
        )}
      </div>
      <Button
        className={styles.start}
        appearance="primary"
        disabled={start.isPending || size === undefined}
        onClick={() => size !== undefined && start.mutate(size)}
      >
        {checks.start}
      </Button>
      {start.isError && <Trouble error={start.error} />}
    </>
  );
}

/** What a check is of and how many images it draws, with what that means before it is drawn. */
export function NewCheck({ project }: { project: Project }) {
  const styles = useStyles();
  const progress = useProgress(project.id);
  return (
    <Section title={checks.newTitle}>
      <Text className={styles.quiet}>{checks.newWords}</Text>
      <Loaded query={progress}>
        {(data) =>
          data.labeled === 0 ? <Text>{checks.nothing}</Text> : <Form project={project} progress={data} />
        }
      </Loaded>
    </Section>
  );
}
