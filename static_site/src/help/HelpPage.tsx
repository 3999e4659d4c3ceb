import { Card, Link, makeStyles, tokens } from "@fluentui/react-components";
import type { Components } from "react-markdown";
import { Navigate, useParams } from "react-router";
import { useProjects } from "../api/queries/projects";
import type { Me } from "../api/types";
import { TextLink } from "../parts/LinkButton";
import { Markdown } from "../parts/Markdown";
import { Page } from "../parts/Page";
import { Wait } from "../parts/States";
import { Tabs } from "../parts/Tabs";
import { NotFound } from "../shell/NotFound";
import { useTheme } from "../shell/theme";
import { texts } from "../texts";
import { firstPage, linkedPage, PAGES, pictureAddress, readPage, type PageName } from "./guide";

const useStyles = makeStyles({
  card: { padding: tokens.spacingVerticalXL, alignSelf: "flex-start", maxWidth: "100%", boxSizing: "border-box" },
  picture: {
    display: "block",
    maxWidth: "100%",
    height: "auto",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
  },
});

function Picture({ source, alt }: { source: string; alt: string | undefined }) {
  const styles = useStyles();
  return <img src={pictureAddress(source, useTheme().dark)} alt={alt} loading="lazy" className={styles.picture} />;
}

const OWN: Components = {
  a: ({ href = "", children }) => {
    const page = linkedPage(href);
    return page ? (
      <TextLink to={`/help/${page}`}>{children}</TextLink>
    ) : (
      <Link inline href={href} target="_blank" rel="noreferrer">
        {children}
      </Link>
    );
  },
  img: ({ src, alt }) => (typeof src === "string" ? <Picture source={src} alt={alt} /> : null),
};

function First({ me }: { me: Me }) {
  const projects = useProjects();
  if (projects.isPending && !me.isAdministrator) return <Wait />;
  const roles = (projects.data ?? []).map((project) => project.role);
  return <Navigate replace to={`/help/${firstPage(me.isAdministrator, roles)}`} />;
}

function Guide({ name }: { name: PageName }) {
  const styles = useStyles();
  const { title, text } = readPage(name);
  const tabs = PAGES.map((one) => ({ name: one, text: texts.help.pages[one], to: `/help/${one}` }));
  return (
    <Page title={title}>
      <Tabs label={texts.help.title} current={name} tabs={tabs} />
      <Card role="tabpanel" aria-label={texts.help.pages[name]} className={styles.card}>
        <Markdown own={OWN}>{text}</Markdown>
      </Card>
    </Page>
  );
}

/** The guide. Without a page's name, the one for what somebody does here. */
export default function HelpPage({ me }: { me: Me }) {
  const { page } = useParams();
  const name = PAGES.find((one) => one === page);
  if (page === undefined) return <First me={me} />;
  return name ? <Guide key={name} name={name} /> : <NotFound />;
}
