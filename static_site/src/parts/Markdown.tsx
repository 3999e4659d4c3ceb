import { Link, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { lazy, Suspense } from "react";
import type { Components } from "react-markdown";

const ReactMarkdown = lazy(() => import("react-markdown"));

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
    "& hr": { border: "none", borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  },
  plain: { whiteSpace: "pre-wrap" },
});

/** Headings stand below the page's own. Images are links: a picture from elsewhere would tell its host who reads this,
 *  and the site's policy lets none in. */
const COMPONENTS: Components = {
  a: ({ href, children }) => (
    <Link inline href={href} target="_blank" rel="noreferrer">
      {children}
    </Link>
  ),
  img: ({ src, alt }) => (
    <Link inline href={src} target="_blank" rel="noreferrer">
      {alt || src}
    </Link>
  ),
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
};

/** A text with Markdown, such as instructions. HTML in it is left out, and addresses that are no web addresses lead nowhere.
 *  Until what reads it is loaded, the text stands as it was written. */
export function Markdown({ children }: { children: string }) {
  const styles = useStyles();
  return (
    <Suspense fallback={<div className={mergeClasses(styles.whole, styles.plain)}>{children}</div>}>
      <div className={styles.whole}>
        <ReactMarkdown skipHtml components={COMPONENTS}>
          {children}
        </ReactMarkdown>
      </div>
    </Suspense>
  );
}
