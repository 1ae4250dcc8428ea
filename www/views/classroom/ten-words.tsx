// The words of the field, each to be opened.

import { WORDS, WORDS_TITLE } from "../../words/classroom.js";
import { Explanation } from "./explanation.js";

export function TenWords() {
  return (
    <>
      <h3 id="words-title">{WORDS_TITLE}</h3>
      <ul class="ten-words" aria-labelledby="words-title">
        {WORDS.map(({ name, word }) => (
          <li key={name}>
            <details id={`word-${name}`}>
              <summary>{word}</summary>
              <Explanation name={name} />
            </details>
          </li>
        ))}
      </ul>
    </>
  );
}
