import { Link } from "@fluentui/react-components";
import ReactMarkdown, { type Components, type Options } from "react-markdown";
import remarkGfm from "remark-gfm";
import { wholeText } from "./wholeText";

/** Headings stand below the page's own. Images are links: a picture from elsewhere would tell its host who reads this,
 *  and the site's policy lets none in. */
const COMPONENTS: Components = {
  a: ({ href, title, children }) => (
    <Link inline href={href} title={title} target="_blank" rel="noreferrer">
      {children}
    </Link>
  ),
  img: ({ src, title, alt }) => (
    <Link inline href={src} title={title} target="_blank" rel="noreferrer">
      {alt || src}
    </Link>
  ),
  input: ({ checked }) => <>{checked ? "☑" : "☐"}</>,
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
};

// One tilde is "about", and crosses nothing out.
const OWN_PLUGINS: NonNullable<Options["remarkPlugins"]> = [[remarkGfm, { singleTilde: false }]];
const PLUGINS = [...OWN_PLUGINS, wholeText];

export interface MarkdownProps {
  children: string;
  /** How a text of the site's own shows its links and pictures, which may lead into the site. */
  own?: Components;
}

/** What Markdown makes of a text, with tables, bare links and lists of tasks. HTML is text, and links lead to the web
 *  alone, unless the text is the site's own. */
export default function MarkdownText({ children, own }: MarkdownProps) {
  return (
    <ReactMarkdown remarkPlugins={own ? OWN_PLUGINS : PLUGINS} components={own ?? COMPONENTS}>
      {children}
    </ReactMarkdown>
  );
}
