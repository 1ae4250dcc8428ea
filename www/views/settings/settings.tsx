// The settings: a form that derives from the table of settings in Rust, a row each.

import { batch, useSignal, useSignalEffect } from "@preact/signals";

import type { App } from "../../state/app.js";
import type { SettingsState } from "../../state/settings.js";
import { Field, inAddress } from "./field.js";
import { Networks } from "./networks.js";

export function Settings({ app: { settings, study, training } }: { app: App }) {
  const { set, generation } = useForm(settings);
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
            const field = { row, settings, set };
            return row.input.type === "networks" ? (
              <Networks key={key} {...field} words={study.study.layer_words()} />
            ) : (
              <Field key={key} {...field} />
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
                generation.value++;
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

/** What the fields set, and when they forget what was typed: when the settings change from outside. */
function useForm(settings: SettingsState) {
  const own = useSignal(settings.hash.peek());
  const generation = useSignal(0);
  useSignalEffect(() => {
    if (settings.hash.value === own.peek()) return;
    own.value = settings.hash.value;
    generation.value = generation.peek() + 1;
  });
  const set = (key: string, text: string) =>
    batch(() => {
      const problem = settings.set(key, text);
      own.value = settings.hash.peek();
      return problem;
    });
  return { set, generation };
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
