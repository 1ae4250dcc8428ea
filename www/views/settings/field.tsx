// A setting's field: a text, a row of digits, or a tick.

import { useSignal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";

import type { SettingRow } from "../../pkg/mnist_cubic.js";
import type { SettingsState } from "../../state/settings.js";
import { SETTING_HINTS } from "../../words/settings.js";
import { capital } from "../numbers.js";

export interface FieldProps {
  row: SettingRow;
  settings: SettingsState;
  /** Sets a setting by its key; returns the sentence that refuses the text. */
  set: (key: string, text: string) => string | null;
}

const DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit));

export function Field({ row, settings, set }: FieldProps) {
  const id = `set-${row.key}`;
  const { type } = row.input;
  const value = settings.texts.value.get(row.key) ?? row.default_text;
  const draft = useDraft(value, (text) => set(row.key, text));
  const problem = draft.problem || inAddress(settings, (key) => key === row.key);
  /** Takes what is no typing. */
  const take = (text: string) => {
    draft.type(text);
    draft.leave();
  };
  const notes = (
    <Notes id={id} problem={problem}>
      {SETTING_HINTS[row.key]} {type !== "digits" && type !== "flag" && `${capital(row.expected)}.`}
    </Notes>
  );
  if (type === "digits") {
    const chosen = draft.text.split(",").filter((digit) => digit !== "");
    const others = (digit: string) => chosen.filter((one) => one !== digit);
    return (
      <fieldset {...described(id)}>
        <legend>{row.label}</legend>
        <div class="toggles">
          {DIGITS.map((digit) => (
            <label key={digit}>
              <input
                type="checkbox"
                name="digit"
                value={digit}
                checked={chosen.includes(digit)}
                onChange={({ currentTarget: { checked } }) =>
                  take([...others(digit), ...(checked ? [digit] : [])].sort().join(","))
                }
              />
              <span>{digit}</span>
            </label>
          ))}
        </div>
        {notes}
      </fieldset>
    );
  }
  if (type === "flag")
    return (
      <div class="field">
        <label class="check">
          <input
            {...described(id, problem)}
            id={id}
            name={row.key}
            type="checkbox"
            checked={draft.text === "1"}
            onChange={({ currentTarget }) => take(currentTarget.checked ? "1" : "0")}
          />{" "}
          {row.label}
        </label>
        {notes}
      </div>
    );
  const inputMode = type === "whole" ? "numeric" : "decimal";
  return (
    <div class="field">
      <label for={id}>{row.label}</label>
      <TextInput id={id} draft={draft} problem={problem} name={row.key} inputMode={inputMode} />
      {notes}
    </div>
  );
}

type Draft = ReturnType<typeof useDraft>;

/** The unfinished or invalid text of a field that shows `value`; `set` returns the sentence that refuses a text. */
export function useDraft(value: string, set: (text: string) => string | null) {
  const typed = useSignal<{ text: string; problem: string } | null>(null);
  return {
    /** What the field shows: what was typed last, or the value. */
    text: typed.value?.text ?? value,
    /** What is wrong with it; empty where nothing is. */
    problem: typed.value?.problem ?? "",
    type: (text: string) => (typed.value = { text, problem: set(text.trim()) ?? "" }),
    /** The field is left: a value that was taken shows in its canonical form, one that was refused stays. */
    leave: () => {
      if (typed.value?.problem === "") typed.value = null;
    },
  };
}

type TextInputProps = JSX.IntrinsicElements["input"] & {
  id: string;
  draft: Draft;
  problem: string;
};

/** An input for what is typed into a draft. */
export function TextInput({ id, draft, problem, ...attributes }: TextInputProps) {
  return (
    <input
      {...attributes}
      {...described(id, problem)}
      id={id}
      autocomplete="off"
      autocapitalize="off"
      spellcheck={false}
      value={draft.text}
      onInput={({ currentTarget }) => draft.type(currentTarget.value)}
      onBlur={draft.leave}
    />
  );
}

/** What was wrong in the address with the settings of these keys. */
export function inAddress(settings: SettingsState, isMeant: (key: string) => boolean): string {
  const problems = settings.problems.value.filter(({ key }) => isMeant(key));
  return problems.map(({ message }) => message).join(" ");
}

/** A field's ARIA attributes: its notes, and whether it is invalid. */
export function described(id: string, problem?: string) {
  const names = { "aria-describedby": `${id}-hint ${id}-problem` };
  return problem === undefined ? names : { ...names, "aria-invalid": problem !== "" };
}

type NotesProps = { id: string; problem: string; children: ComponentChildren };

/** What a field is and must be, and what is wrong with it. */
export function Notes({ id, problem, children }: NotesProps) {
  return (
    <>
      <p class="hint" id={`${id}-hint`}>
        {children}
      </p>
      <p class="problem" id={`${id}-problem`} aria-live="polite">
        {problem}
      </p>
    </>
  );
}
