import { LinkButton } from "../parts/LinkButton";
import { Nothing } from "../parts/States";
import { texts } from "../texts";

export function NotFound() {
  return (
    <Nothing title={texts.notFound.title} actions={<LinkButton to="/">{texts.notFound.home}</LinkButton>}>
      {texts.notFound.words}
    </Nothing>
  );
}
