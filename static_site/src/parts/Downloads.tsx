import { Link, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowDownloadRegular } from "@fluentui/react-icons";
import type { ExportFile } from "../api/types";
import { exports } from "../texts/exports";
import { formatBytes } from "./format";

const useStyles = makeStyles({
  list: { display: "flex", flexWrap: "wrap", gap: tokens.spacingHorizontalL },
  link: { display: "inline-flex", alignItems: "center", gap: tokens.spacingHorizontalXS },
});

export function Downloads({ files }: { files: readonly ExportFile[] }) {
  const styles = useStyles();
  return (
    <div className={styles.list}>
      {files.map((file) => (
        <Link
          key={file.name}
          href={file.url}
          download={file.name}
          className={styles.link}
          aria-label={exports.download(file.name)}
        >
          <ArrowDownloadRegular />
          {exports.file(file.name, formatBytes(file.bytes))}
        </Link>
      ))}
    </div>
  );
}
