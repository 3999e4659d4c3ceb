import { Link, Toast, Toaster, ToastTitle, ToastTrigger, useToastController } from "@fluentui/react-components";
import { useEffect, useId, useRef, type MouseEvent } from "react";
import { takeNotices, useUnsaid, type Notice } from "../parts/notices";

const TOASTER = "notices";

/** How long a notice stays: long enough to be read, and longer where something can be done. */
const stayMs = ({ intent, action }: Notice): number => (action ? 12_000 : intent === "success" ? 3_000 : 8_000);

/** A click on a notice, which goes with it, leaves the focus where one works. */
const keepFocus = (event: MouseEvent): void => event.preventDefault();

/** Shows what is to be said. */
export default function Toasts() {
  const { dispatchToast, dismissToast } = useToastController(TOASTER);
  const prefix = useId();
  /** How many notices there were, and which of them was the last on its subject. */
  const said = useRef({ count: 0, on: new Map<string, string>() });
  const unsaid = useUnsaid();
  useEffect(() => {
    for (const notice of takeNotices()) {
      const { text, intent, action, subject } = notice;
      const toastId = `${prefix}${(said.current.count += 1)}`;
      const former = subject && said.current.on.get(subject);
      if (former) dismissToast(former);
      if (subject) said.current.on.set(subject, toastId);
      const button = action && (
        <ToastTrigger>
          <Link as="button" onMouseDown={keepFocus} onClick={action.run}>
            {action.text}
          </Link>
        </ToastTrigger>
      );
      dispatchToast(
        <Toast>
          <ToastTitle action={button}>{text}</ToastTitle>
        </Toast>,
        { toastId, intent, timeout: stayMs(notice), pauseOnHover: true, pauseOnWindowBlur: true },
      );
    }
  }, [unsaid, prefix, dispatchToast, dismissToast]);
  // Over the header, whose middle is empty.
  return <Toaster toasterId={TOASTER} position="top" offset={{ vertical: 4 }} />;
}
