// Where only parts of the page are seen: what is wrong with their names, that they are parts, and the way to the whole.

import type { App } from "../state/app.js";
import { PART_OF_PAGE, WHOLE_PAGE } from "../words/share.js";

export function ViewProblem({ app: { view } }: { app: App }) {
  const problem = view.problem.value;
  if (problem === "") return null;
  return (
    <p id="view-problem" class="notice" role="alert">
      {problem}
    </p>
  );
}

export function ViewNote({ app: { view, settings } }: { app: App }) {
  if (view.isWhole.value) return null;
  return (
    <p id="view-note" class="quiet">
      {PART_OF_PAGE}{" "}
      <a href={settings.link.value} target="_blank" rel="noopener">
        {WHOLE_PAGE}
      </a>
    </p>
  );
}
