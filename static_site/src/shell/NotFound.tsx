import { useMe } from "../api/queries/me";
import { LinkButton } from "../parts/LinkButton";
import { Nothing } from "../parts/States";
import { texts } from "../texts";

const home = <LinkButton to="/">{texts.notFound.home}</LinkButton>;

export function NotFound() {
  return (
    <Nothing title={texts.notFound.title} actions={home}>
      {texts.notFound.words}
    </Nothing>
  );
}

/** Instead of a page that is there, for administrators: of the service, or of a project. */
export function NotForYou({ of }: { of: "service" | "project" }) {
  return (
    <Nothing title={texts.notForYou.title} actions={home}>
      {texts.notForYou.words[of](useMe().data?.name ?? "")}
    </Nothing>
  );
}
