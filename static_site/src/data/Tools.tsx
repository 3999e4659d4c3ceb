import { Button, Text, ToggleButton, Tooltip, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowClockwiseRegular, BorderAllRegular, FilterDismissRegular, GridRegular } from "@fluentui/react-icons";
import type { Project } from "../api/types";
import { formatTime } from "../parts/format";
import { texts } from "../texts";
import { AddImages } from "./AddImages";
import { SIZES, type Size } from "./sizes";

const useStyles = makeStyles({
  whole: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: tokens.spacingHorizontalS },
  words: {
    flex: "1 1 160px",
    minWidth: 0,
    display: "flex",
    flexWrap: "wrap",
    alignItems: "center",
    columnGap: tokens.spacingHorizontalS,
  },
  sizes: { display: "flex" },
  size: { minWidth: "32px" },
});

interface ToolsProps {
  project: Project;
  /** How many images are shown, in words. */
  count: string;
  /** How many filters are set. */
  filters: number;
  loadedAt: number;
  size: Size;
  isSideBySide: boolean;
  onSize: (size: Size) => void;
  onReload: () => void;
  onView: () => void;
  onClear: () => void;
}

export function Tools(props: ToolsProps) {
  const { project, count, filters, loadedAt, size, isSideBySide, onSize, onReload, onView, onClear } = props;
  const styles = useStyles();
  return (
    <div className={styles.whole}>
      <div className={styles.words}>
        <Text>{count}</Text>
        {filters > 0 && !isSideBySide && (
          <Button size="small" appearance="subtle" icon={<FilterDismissRegular />} onClick={onClear}>
            {texts.data.clear(filters)}
          </Button>
        )}
      </div>
      <div className={styles.sizes} role="group" aria-label={texts.data.size}>
        {SIZES.map((one) => (
          <Tooltip key={one} content={texts.data.sizeNames[one]} relationship="label">
            <ToggleButton
              className={styles.size}
              size="small"
              appearance={one === size ? "primary" : "subtle"}
              checked={one === size}
              onClick={() => onSize(one)}
            >
              {texts.data.sizes[one]}
            </ToggleButton>
          </Tooltip>
        ))}
      </div>
      <Tooltip
        content={loadedAt ? texts.data.loadedAt(formatTime(new Date(loadedAt).toISOString())) : texts.data.loading}
        relationship="description"
      >
        <Button size="small" icon={<ArrowClockwiseRegular />} onClick={onReload}>
          {texts.data.reload}
        </Button>
      </Tooltip>
      {project.role === "administrator" && <AddImages project={project} />}
      <Button size="small" icon={isSideBySide ? <GridRegular /> : <BorderAllRegular />} onClick={onView}>
        {isSideBySide ? texts.data.grid : texts.data.sideBySide}
      </Button>
    </div>
  );
}
