// The counter's page: where the typing is, what is owed and what lacks, kept up to date; keys for the whole case.

const form = document.getElementById("quay");

if (form) {
  const at = form.elements.o;
  const boxes = "input:not([type=hidden]), select, textarea";

  // A case is opened again where it was left: also after a power cut.
  form.addEventListener("focusin", (event) => {
    if (event.target.id && event.target.matches(boxes)) at.value = event.target.id;
  });
  const last = !document.querySelector("[data-error-summary]") && document.getElementById(form.dataset.at);
  if (last && last.matches(boxes)) {
    last.focus();
    last.scrollIntoView({ block: "center" });
  }

  const go = (id) => {
    const box = document.getElementById(id);
    box?.focus();
    box?.scrollIntoView({ block: "center" });
  };

  const list = document.querySelector("[data-lacking]");
  const write = (said) => {
    form.elements.thu.value = said.due;
    document.querySelector("[data-door]").textContent = said.words;
    document.querySelector("[data-total]").textContent = said.total;
    const slip = new DOMParser().parseFromString(said.slip, "text/html").querySelector("[data-slip]");
    document.querySelector("[data-slip]").replaceWith(slip);
    document.querySelector("[data-lacking-count]").textContent = said.lacking.length;
    list.replaceChildren(
      ...said.lacking.map(({ message, url }) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.className = "mc-link";
        link.href = url;
        link.textContent = message;
        item.append(link);
        return item;
      }),
    );
    if (said.lacking.length) return;
    const item = document.createElement("li");
    item.textContent = "Đã đủ để tiếp nhận";
    list.append(item);
  };
  form.addEventListener("draft:saved", (event) => write(event.detail));
  form.addEventListener("papers:taken", () => form.dispatchEvent(new Event("change"))); // what lacks is read anew

  list.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || !link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    go(link.hash.slice(1));
  });

  // The next box that must be filled in and isn't, after the one where the typing is; round again at the end.
  const wanted = "[required], [role=radiogroup][aria-required=true] input[type=radio], tr[data-wanted] input.mc-stepper__n";
  const isEmpty = (box) => {
    if (box.type === "radio") return !form.querySelector(`input[name="${CSS.escape(box.name)}"]:checked`);
    if (box.type === "checkbox") return !box.checked;
    const row = box.closest("tr[data-wanted]");
    if (row) return [...row.querySelectorAll("input.mc-stepper__n")].every((one) => !Number(one.value));
    return !box.value.trim();
  };
  const nextEmpty = () => {
    const empty = [...form.querySelectorAll(wanted)].filter((box) => box.offsetParent && isEmpty(box));
    const here = document.getElementById(at.value);
    const isAfter = (box) => here && here.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING;
    const own = (box) => here && (box.name === here.name || box.closest("tr[data-wanted]")?.contains(here));
    return empty.find((box) => isAfter(box) && !own(box)) || empty[0];
  };

  const isTyping = (target) => target.matches("input:not([type=checkbox], [type=radio]), select, textarea");
  const keys = {
    m: () => {
      const box = nextEmpty();
      if (box) go(box.id);
      else list.querySelector("a")?.click();
    },
    g: () => document.querySelector(".mc-quay-papers input:not([type=file])")?.focus(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      document.querySelector("[data-receive]").click();
    } else if (event.key === "Escape" && isTyping(event.target)) {
      event.target.blur(); // from now on a letter is a key, not a word
    } else if (!event.ctrlKey && !event.altKey && !event.metaKey && !isTyping(event.target)) {
      if (localStorage.getItem("mc-keys-off") === "1") return;
      const act = keys[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    }
  });
}
