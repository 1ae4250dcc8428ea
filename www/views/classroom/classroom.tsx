// For a class: words of the field, and links for a lesson.

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
