import { Toast, Toaster, ToastTitle, useToastController } from "@fluentui/react-components";
import { useEffect } from "react";
import { takeNotices, useUnsaid } from "./notices";

const TOASTER = "notices";

/** Shows what is to be said. */
export default function Toasts() {
  const { dispatchToast } = useToastController(TOASTER);
  const unsaid = useUnsaid();
  useEffect(() => {
    for (const { text, intent } of takeNotices())
      dispatchToast(
        <Toast>
          <ToastTitle>{text}</ToastTitle>
        </Toast>,
        { intent, timeout: intent === "success" ? 3_000 : 8_000 },
      );
  }, [unsaid, dispatchToast]);
  return <Toaster toasterId={TOASTER} position="top" />;
}
