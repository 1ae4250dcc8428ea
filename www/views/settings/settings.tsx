// The settings: a form that derives from the table of settings in Rust, a row each.

import { useSignal, useSignalEffect } from "@preact/signals";

import type { App } from "../../state/app.js";
import type { SettingsState } from "../../state/settings.js";
import { Field, inAddress } from "./field.js";
import { useForm } from "./form.js";

export function Settings({ app: { settings, training } }: { app: App }) {
  const { set, generation, forget } = useForm(settings);
  const isOpen = useSignal(false);
  const copied = useSignal("");
  const copy = async () => {
    const link = settings.link.value;
    try {
      await navigator.clipboard.writeText(link);
      copied.value = "The link is copied. It opens the page with these settings.";
    } catch {
      copied.value = `The browser would not copy it. The link is: ${link}`;
    }
  };
  useSignalEffect(() => {
    if (settings.problems.value.length > 0) isOpen.value = true;
  });
  const others = inAddress(settings, (key) => !settings.rows.some((row) => row.key === key));
  return (
    <section id="settings-section" aria-label="Settings">
      <details
        id="settings"
        open={isOpen.value}
        onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}
      >
        <summary>
          Settings: <span id="settings-summary">{summary(settings)}</span>
        </summary>
        <form id="settings-form" noValidate onSubmit={(event) => event.preventDefault()}>
          {settings.rows.map((row) => {
            const key = `${generation.value} ${row.key}`;
            // The networks have a list of their own.
            return row.input.type === "networks" ? null : (
              <Field key={key} row={row} settings={settings} set={set} />
            );
          })}
          <p class="problem" id="set-other-problem" hidden={others === ""}>
            {others}
          </p>
          <div class="buttons">
            <button type="button" onClick={() => void copy()}>
              Copy link
            </button>
            <button
              type="button"
              onClick={() => {
                settings.reset();
                forget();
              }}
            >
              Notebook settings
            </button>
          </div>
          <p id="copied" class="quiet" role="status">
            {copied.value}
          </p>
        </form>
      </details>
      <p class="spoken" role="status">
        {inAddress(settings, () => true)}
      </p>
      <p id="settings-note" class="quiet">
        {training.settingsDiffer.value
          ? "A training is under way with other settings. These apply to the next one."
          : "\u00a0"}
      </p>
    </section>
  );
}

/** All settings in a line. */
function summary({ rows, texts, networks }: SettingsState): string {
  const parts = rows.flatMap(({ key, label, input }) => {
    if (input.type === "flag") return [];
    if (input.type === "networks") return [networks.value.map(({ name }) => name).join(", ")];
    const text = texts.value.get(key) ?? "";
    return [`${label.toLowerCase()} ${text.replaceAll(",", ", ")}`];
  });
  return parts.join(" · ");
}
