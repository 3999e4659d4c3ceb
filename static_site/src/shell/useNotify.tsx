import { Toast, ToastTitle, useToastController, type ToastIntent } from "@fluentui/react-components";

export const TOASTER = "notices";

/** Says something quietly, in the corner, without taking the focus. */
export function useNotify(): (text: string, intent?: ToastIntent) => void {
  const { dispatchToast } = useToastController(TOASTER);
  return (text, intent = "success") =>
    dispatchToast(
      <Toast>
        <ToastTitle>{text}</ToastTitle>
      </Toast>,
      { intent, timeout: intent === "success" ? 3_000 : 8_000 },
    );
}
