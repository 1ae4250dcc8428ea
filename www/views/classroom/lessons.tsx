// Links for a lesson, each with a question to guess and things to notice.

import { useSignal } from "@preact/signals";

import { copy } from "../../lib/copy.js";
import { linkTo } from "../../lib/link.js";
import { PARTS } from "../../state/sections.js";
import {
  COPY_LESSONS,
  LESSONS,
  LESSONS_COPIED,
  LESSONS_HINT,
  LESSONS_TITLE,
  type Lesson,
  lessonText,
  slidesText,
} from "../../words/classroom.js";
import { notCopiedText } from "../../words/share.js";
import { counted } from "../numbers.js";

export function Lessons() {
  const said = useSignal("");
  const copyAll = async () => {
    const text = LESSONS.map((lesson, at) => lessonText(lesson, at + 1, linkTo(hashOf(lesson))));
    const isCopied = await copy(text.join("\n\n"));
    said.value = isCopied ? LESSONS_COPIED : notCopiedText(text.join(" "));
  };
  return (
    <details id="lessons">
      <summary>{LESSONS_TITLE}</summary>
      <p class="quiet">{LESSONS_HINT}</p>
      <ol>
        {LESSONS.map((lesson) => (
          <li key={lesson.title}>
            <a href={`#${hashOf(lesson)}`} target="_blank" rel="noopener">
              {lesson.title}
            </a>{" "}
            <span class="quiet">{counted(lesson.minutes, "minute")}</span>
            <p>{lesson.question}</p>
            <p class="quiet">Notice: {lesson.notice}</p>
          </li>
        ))}
      </ol>
      <div class="buttons">
        <button type="button" onClick={() => void copyAll()}>
          {COPY_LESSONS}
        </button>
        <span class="quiet" role="status">
          {said.value}
        </span>
      </div>
      <p class="quiet">{slidesText(PARTS)}</p>
    </details>
  );
}

/** What its link has after `#`. */
export function hashOf({ settings, parts }: Lesson): string {
  return [settings, `view=${parts.join(",")}`].filter((part) => part !== "").join("&");
}
