// A word of the field, explained: a small picture and two sentences.

import { WORDS, type WordName } from "../../words/classroom.js";
import { PICTURES } from "./pictures.js";

export function Explanation({ name }: { name: WordName }) {
  const explained = WORDS.find((one) => one.name === name);
  if (!explained) return null;
  const Picture = PICTURES[name];
  return (
    <div class="explanation">
      <svg viewBox="0 0 120 64" role="img" aria-label={explained.picture}>
        <Picture />
      </svg>
      <p>{explained.text}</p>
    </div>
  );
}
