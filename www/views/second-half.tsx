// The page's second half, below the verdict. The first answer does without it, so its program comes later.

import type { ComponentType } from "preact";

import type { App } from "../state/app.js";
import { SECOND_HALF } from "../state/sections.js";
import { Classroom } from "./classroom/classroom.js";
import { Experiments } from "./experiments/experiments.js";
import { Keep } from "./keep/keep.js";
import { Layer } from "./layer/layer.js";
import { Learn } from "./learn/learn.js";
import { Settings } from "./settings/settings.js";
import { Sure } from "./sure/sure.js";

const SECTIONS: Record<(typeof SECOND_HALF)[number], ComponentType<{ app: App }>> = {
  learn: Learn,
  sure: Sure,
  layer: Layer,
  experiments: Experiments,
  settings: Settings,
  keep: Keep,
  class: Classroom,
};

export function SecondHalf({ app }: { app: App }) {
  return (
    <>
      {SECOND_HALF.map((part) => {
        const Section = SECTIONS[part];
        return app.view.shows(part) && <Section key={part} app={app} />;
      })}
    </>
  );
}
