// Changing a shipped file where its comments say that a site may, and nowhere else.

import { readFileSync } from "node:fs";

/** The marked part, what stands there, and what a site would put there. `uncomment` takes the part into use first. */
export interface Edit {
  mark: string;
  from: string;
  to: string;
  uncomment?: boolean;
}

/** The file with its marked parts changed. A part is all from its mark to the next empty line. */
export function edited(path: string, edits: Edit[]): string {
  let text = readFileSync(path, "utf8");
  for (const { mark, from, to, uncomment } of edits) {
    let found = false;
    const parts = text.split(/(?<=\n)(?=[ \t]*\n)/).map((part) => {
      const at = part.search(new RegExp(`EDIT [^:\n]*\\b${mark}\\b`));
      if (at < 0) return part;
      let marked = part.slice(at);
      // A line of prose has one space behind its #, a line that waits for its use none or an indentation.
      if (uncomment) marked = marked.replace(/^([ \t]*)#(?! \S)/gm, "$1");
      if (!marked.includes(from)) return part;
      found = true;
      return part.slice(0, at) + marked.replaceAll(from, to);
    });
    if (!found) throw new Error(`${path}: no "${from}" is marked with EDIT ${mark}`);
    text = parts.join("");
  }
  return text;
}
