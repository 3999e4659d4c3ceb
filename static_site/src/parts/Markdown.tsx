import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Suspense } from "react";
import { lazily } from "./lazily";
import type { MarkdownProps } from "./MarkdownText";
import { Wait } from "./States";

const MarkdownText = lazily(() => import("./MarkdownText"));

const useStyles = makeStyles({
  whole: {
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase400,
    maxWidth: "75ch",
    overflowWrap: "anywhere",
    "& > :first-child": { marginTop: 0 },
    "& > :last-child": { marginBottom: 0 },
    "& p, & ul, & ol, & blockquote, & pre": { margin: `0 0 ${tokens.spacingVerticalM}` },
    // Who writes without knowing of Markdown means the lines as they are.
    "& p": { whiteSpace: "pre-line" },
    "& ul, & ol": { paddingLeft: tokens.spacingHorizontalXXL },
    "& h3, & h4, & h5, & h6": {
      margin: `${tokens.spacingVerticalL} 0 ${tokens.spacingVerticalXS}`,
      fontSize: tokens.fontSizeBase400,
      fontWeight: tokens.fontWeightSemibold,
    },
    "& code": { fontFamily: tokens.fontFamilyMonospace, backgroundColor: tokens.colorNeutralBackground3 },
    "& pre": { overflowX: "auto", padding: tokens.spacingVerticalS, backgroundColor: tokens.colorNeutralBackground3 },
    "& blockquote": {
      paddingLeft: tokens.spacingHorizontalM,
      borderLeft: `3px solid ${tokens.colorNeutralStroke1}`,
      color: tokens.colorNeutralForeground2,
    },
    "& table": { margin: `0 0 ${tokens.spacingVerticalM}`, borderCollapse: "collapse" },
    "& th, & td": {
      padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS}`,
      border: `1px solid ${tokens.colorNeutralStroke1}`,
      verticalAlign: "top",
    },
    "& th": { fontWeight: tokens.fontWeightSemibold, textAlign: "start" },
    "& hr": { border: "none", borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  plain: { whiteSpace: "pre-wrap" },
  own: {
    "& p": { whiteSpace: "normal" },
    "& h2": { margin: `${tokens.spacingVerticalXL} 0 ${tokens.spacingVerticalS}`, fontSize: tokens.fontSizeBase500, fontWeight: tokens.fontWeightSemibold },
    "& pre": { whiteSpace: "pre-wrap" },
    "& li": { marginBottom: tokens.spacingVerticalXS },
  },
});

/** A text with Markdown, such as instructions. Until what reads it is loaded, the text stands as it was written. */
export function Markdown({ children, own }: MarkdownProps) {
  const styles = useStyles();
  return (
    <Suspense fallback={own ? <Wait /> : <div className={mergeClasses(styles.whole, styles.plain)}>{children}</div>}>
      <div className={mergeClasses(styles.whole, own && styles.own)}>
        <MarkdownText own={own}>{children}</MarkdownText>
      </div>
    </Suspense>
  );
}
