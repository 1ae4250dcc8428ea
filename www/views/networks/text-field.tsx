// A field that is checked as it is typed.

import { TextInput, useDraft } from "../settings/field.js";

interface TextFieldProps {
  id: string;
  label: string;
  value: string;
  inputMode: "text" | "numeric" | "decimal";
  /** Takes what is typed, or returns the sentence that refuses it. */
  set: (text: string) => string | null;
}

export function TextField({ id, label, value, inputMode, set }: TextFieldProps) {
  const draft = useDraft(value, set);
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <TextInput id={id} draft={draft} problem={draft.problem} inputMode={inputMode} />
      <p class="problem" id={`${id}-problem`} aria-live="polite">
        {draft.problem}
      </p>
    </div>
  );
}
