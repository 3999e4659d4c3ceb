import { Button } from "@fluentui/react-components";
import { ImageAddRegular } from "@fluentui/react-icons";
import type { ImageRow, Project } from "../api/types";
import { changedLabel, MOST_EXAMPLES } from "../parts/labelRules";
import { useChange } from "../parts/useChange";
import { texts } from "../texts";

/** Makes an image one of those that show what its label means, or none of them again. */
export function ExampleButton({ project, row }: { project: Project; row: ImageRow }) {
  const change = useChange(project);
  const label = project.labels.find(({ name }) => name === row.labels[0]);
  if (!label || !row.thumbnailUrl || project.role !== "administrator") return null;
  const isExample = label.examples.includes(row.id);
  const isFull = !isExample && label.examples.length >= MOST_EXAMPLES;
  const toggled = (examples: readonly string[]) =>
    isExample ? examples.filter((id) => id !== row.id) : [...examples, row.id].slice(0, MOST_EXAMPLES);
  return (
    <Button
      size="small"
      icon={<ImageAddRegular />}
      disabledFocusable={isFull || change.isPending}
      title={isFull ? texts.labels.enoughExamples(label.name) : undefined}
      onClick={() =>
        change.mutate((now) => {
          const newest = now.labels.find(({ id }) => id === label.id);
          return newest ? { labels: changedLabel(now.labels, { ...newest, examples: toggled(newest.examples) }) } : null;
        })
      }
    >
      {isExample ? texts.labels.noExample(label.name) : texts.labels.useAsExample(label.name)}
    </Button>
  );
}
