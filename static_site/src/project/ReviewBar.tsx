import {
  Button,
  Field,
  Input,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Text,
  makeStyles,
  tokens,
} from "@fluentui/react-components";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api, ok } from "../api/client";
import { queryClient } from "../api/queryClient";
import type { ImageRow, Project } from "../api/types";
import { FormDialog } from "../parts/FormDialog";
import { problemText } from "../parts/States";
import { notify } from "../shell/notices";
import { texts } from "../texts";

const useStyles = makeStyles({
  bar: {
    position: "sticky",
    bottom: 0,
    zIndex: 2,
    display: "flex",
    alignItems: "center",
    gap: tokens.spacingHorizontalM,
    flexWrap: "wrap",
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
    marginBottom: `calc(-1 * ${tokens.spacingVerticalXXL})`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    boxShadow: tokens.shadow8,
  },
  count: { marginRight: "auto" },
  labels: { maxHeight: "50vh", overflow: "auto" },
});

interface ReviewBarProps {
  project: Project;
  chosen: readonly ImageRow[];
  onSelectAll: () => void;
  onSelectNone: () => void;
}

const isReviewable = (row: ImageRow): boolean => row.state === "labeled" || row.state === "skipped";

export function ReviewBar({ project, chosen, onSelectAll, onSelectNone }: ReviewBarProps) {
  const styles = useStyles();
  const [rejecting, setRejecting] = useState(false);
  const [reason, setReason] = useState("");
  const reviewable = chosen.filter(isReviewable);
  const done = async () => {
    setRejecting(false);
    setReason("");
    onSelectNone();
    await queryClient.invalidateQueries({ queryKey: ["project", project.id] });
  };

  const reject = useMutation({
    mutationFn: () =>
      ok(
        api.POST("/api/projects/{project_id}/rejections", {
          params: { path: { project_id: project.id } },
          body: {
            images: reviewable.map(({ id, labeledAt }) => (labeledAt ? { id, labeledAt } : { id })),
            ...(reason.trim() && { reason: reason.trim() }),
          },
        }),
      ),
    onSuccess: ({ rejected, stale }) => {
      notify(texts.data.rejected(rejected.length, stale.length), stale.length > 0 ? "info" : "success");
      return done();
    },
  });

  const correct = useMutation({
    mutationFn: async (labelId: number) => {
      for (const row of reviewable) {
        await ok(
          api.PUT("/api/projects/{project_id}/images/{image_id}/labels", {
            params: { path: { project_id: project.id, image_id: row.id } },
            body: { labels: [labelId], ...(row.labeledAt && { labeledAt: row.labeledAt }) },
          }),
        );
      }
    },
    onSuccess: () => notify(texts.data.corrected(reviewable.length)),
    onError: (error) => notify(problemText(error), "error"),
    onSettled: done,
  });

  const nothing = reviewable.length === 0 || correct.isPending;
  return (
    <div className={styles.bar} role="toolbar" aria-label={texts.data.review}>
      <Text className={styles.count} aria-live="polite">
        {texts.data.selected(chosen.length)}
      </Text>
      <Button onClick={onSelectAll}>{texts.data.selectAll}</Button>
      <Button disabled={chosen.length === 0} onClick={onSelectNone}>
        {texts.data.selectNone}
      </Button>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button disabled={nothing}>{texts.data.changeLabel}</Button>
        </MenuTrigger>
        <MenuPopover className={styles.labels}>
          <MenuList>
            {project.labels.map((label) => (
              <MenuItem key={label.id} onClick={() => correct.mutate(label.id)}>
                {label.name}
              </MenuItem>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      <Button appearance="primary" disabled={nothing} onClick={() => setRejecting(true)}>
        {texts.data.reject}
      </Button>
      {rejecting && (
        <FormDialog
          title={texts.data.rejectTitle(reviewable.length)}
          button={texts.data.reject}
          pending={reject.isPending}
          error={reject.error}
          onSubmit={() => reject.mutate()}
          onClose={() => setRejecting(false)}
        >
          <Text>{texts.data.rejectWords}</Text>
          <Field label={texts.data.reason} hint={texts.data.reasonHint}>
            <Input value={reason} maxLength={500} onChange={(_, data) => setReason(data.value)} />
          </Field>
        </FormDialog>
      )}
    </div>
  );
}
