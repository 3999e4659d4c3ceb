import { Link, Toast, Toaster, ToastTitle, ToastTrigger, useToastController } from "@fluentui/react-components";
import { useEffect } from "react";
import { takeNotices, useUnsaid, type Notice } from "./notices";

const TOASTER = "notices";

/** How long a notice stays: long enough to be read, and longer where something can be done. */
const stayMs = ({ intent, action }: Notice): number => (action ? 12_000 : intent === "success" ? 3_000 : 8_000);

/** Shows what is to be said. */
export default function Toasts() {
  const { dispatchToast } = useToastController(TOASTER);
  const unsaid = useUnsaid();
  useEffect(() => {
    for (const notice of takeNotices()) {
      const { text, intent, action } = notice;
      const button = action && (
        <ToastTrigger>
          <Link as="button" onClick={action.run}>
            {action.text}
          </Link>
        </ToastTrigger>
      );
      dispatchToast(
        <Toast>
          <ToastTitle action={button}>{text}</ToastTitle>
        </Toast>,
        { intent, timeout: stayMs(notice), pauseOnHover: true, pauseOnWindowBlur: true },
      );
    }
  }, [unsaid, dispatchToast]);
  return <Toaster toasterId={TOASTER} position="top" />;
}
