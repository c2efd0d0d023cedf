// A page of an e-form that is redrawn in parts while somebody types: nothing typed meanwhile may get lost.
// Saving while typing is the page's own affair.

const root = () => document.querySelector("[data-eform]");
const form = root()?.closest("form");

// htmx's own swap looks every id up in the old page, for transitions: 300 members would take a quarter of a minute.
window.htmx?.defineExtension("whole", {
  handleSwap(style, target, fragment, { elts }) {
    if (style !== "whole") return false;
    const redrawn = [...fragment.children];
    target.replaceWith(...redrawn);
    elts.push(...redrawn);
    return redrawn;
  },
});

if (form) {
  let atRequest = new Map();
  let typedSince = [];
  let leftAt = ""; // the id of the box that had the focus before a redraw
  let toSeek = [];
  let toTell = [];

  const keyOf = (box) => (box.type === "radio" || box.type === "checkbox" ? `${box.name}=${box.value}` : box.name);
  const stateOf = (box) => (box.type === "radio" || box.type === "checkbox" ? box.checked : box.value);
  const boxes = () => [...root().querySelectorAll("input:not([type=hidden]), select, textarea")].filter((box) => box.name);
  const snapshot = () => new Map(boxes().map((box) => [keyOf(box), stateOf(box)]));

  const restore = () => {
    const now = new Map(boxes().map((box) => [keyOf(box), box]));
    for (const [key, state] of typedSince) {
      const box = now.get(key);
      if (!box || stateOf(box) === state) continue;
      if (typeof state === "boolean") box.checked = state;
      else if (box.tagName !== "SELECT" || [...box.options].some((option) => option.value === state)) box.value = state;
      if (box.matches("[data-find]")) toSeek.push(box.id);
      else if (box.closest("[hx-post]")) toTell.push(box.id);
    }
    typedSince = [];
  };

  const sought = new Map(); // by the id of a search box, what was last sought in it

  // Whether a request would bring nothing new.
  const isIdle = (from) => {
    const together = from.closest("[data-together]");
    // Half a date changes nothing: wait for the rest of it.
    if (together && [...together.querySelectorAll("input")].some((box) => !box.value.trim())) return true;
    // Of a long list only one value brings more to fill in.
    const { only, was, digits } = from.dataset;
    if (only && from.value !== only && was !== only) return true;
    // Only a whole code brings more to fill in; words are chosen from what is found.
    if (digits && from.querySelector("input").value.trim().length !== Number(digits)) return true;
    // Enter was faster than the pause after typing: a second answer would take the place of the first under the hand.
    return from.matches("[data-find]") && sought.get(from.id) === from.value;
  };

  // Asked before a request that still runs is given up for this one.
  form.addEventListener("htmx:confirm", (event) => {
    if (isIdle(event.target)) event.preventDefault();
  });

  form.addEventListener("htmx:beforeRequest", (event) => {
    const box = event.target.closest(".mc-search")?.querySelector("[data-find]");
    if (box) sought.set(box.id, box.value);
    atRequest = snapshot();
  });

  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (!root()?.contains(event.detail.target)) return;
    if (event.detail.shouldSwap && !xhr.responseText.includes("data-eform")) {
      event.detail.shouldSwap = false; // an answer from elsewhere: the session has ended, the draft was handed in
      if (xhr.status === 200) window.location.assign(xhr.responseURL);
      return;
    }
    leftAt = document.activeElement?.id || "";
    typedSince = [...snapshot()].filter(([key, state]) => atRequest.get(key) !== state);
  });

  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (!event.detail.target?.id.endsWith("--found")) sought.clear(); // what was found is gone
    if (root()) restore();
  });

  // Only now do the new boxes listen; what was typed into the old ones is sought by their button.
  document.body.addEventListener("htmx:afterSettle", () => {
    const seek = toSeek;
    toSeek = [];
    for (const id of seek) document.getElementById(id)?.closest(".mc-search").querySelector("button").click();
    // A place that was found is taken, and the list is gone with the focus in it: go on with the house number.
    if (leftAt.includes("--found-") && document.activeElement === document.body) {
      const place = leftAt.split("--found-")[0];
      (document.getElementById(`${place}--detail`) || document.getElementById(`${place}--commune`))?.focus();
    }
    leftAt = "";
    // A value put back by us changes nothing for the browser when the box is left: what hangs on it would never come.
    const tell = toTell;
    toTell = [];
    for (const id of tell) document.getElementById(id)?.dispatchEvent(new Event("change", { bubbles: true }));
  });

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches?.("[data-find]")) return;
    event.preventDefault();
    event.target.closest(".mc-search").querySelector("button").click();
  });
}
