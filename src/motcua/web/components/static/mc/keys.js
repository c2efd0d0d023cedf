// The desk's keys: one letter each, shown beside its button; they can be switched off, and are off while one types.

const OFF = "mc-keys-off";
const isOff = () => localStorage.getItem(OFF) === "1";
const rows = () => [...document.querySelectorAll(".mc-work tr[data-row]")];

function typing(target) {
  return target.closest("input:not([type='checkbox'], [type='radio']), select, textarea, [contenteditable]");
}

function stand(row) {
  rows().forEach((other) => other.removeAttribute("data-at"));
  row.setAttribute("data-at", "");
  const link = row.querySelector(".mc-work__title");
  if (link) link.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.hasAttribute("data-at"));
  stand(all[Math.min(Math.max(at + step, 0), all.length - 1)]);
}

const moves = {
  j: () => move(1),
  k: () => move(-1),
  x: () => document.querySelector(".mc-work tr[data-at] .mc-work__pick input")?.click(),
  "/": () => document.querySelector(".mc-search__input")?.focus(),
  "?": () => document.getElementById("phim-tat")?.showModal?.(),
};

document.addEventListener("keydown", (event) => {
  if (isOff() || event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const key = event.key.toLowerCase();
  const own = [...document.querySelectorAll("[data-key]")].find((part) => part.dataset.key.toLowerCase() === key);
  const act = own ? () => own.click() : moves[key];
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("change", (event) => {
  const row = event.target.closest(".mc-work__pick") && event.target.closest("tr");
  if (row) row.toggleAttribute("data-picked", event.target.checked);
});

for (const control of document.querySelectorAll("[data-keys-switch]")) {
  const write = () => {
    control.hidden = false;
    control.setAttribute("aria-pressed", String(!isOff()));
    control.textContent = isOff() ? "Bật phím tắt" : "Tắt phím tắt";
    document.body.classList.toggle("mc-keys-off", isOff());
  };
  control.addEventListener("click", () => {
    localStorage.setItem(OFF, isOff() ? "0" : "1");
    write();
  });
  write();
}
