// For a class: ten words, and six links for 45 minutes.

import { CLASS_TITLE } from "../../words/classroom.js";
import { Lessons } from "./lessons.js";
import { TenWords } from "./ten-words.js";

export function Classroom() {
  return (
    <section id="class" aria-labelledby="class-title">
      <h2 id="class-title">{CLASS_TITLE}</h2>
      <TenWords />
      <Lessons />
    </section>
  );
}
