// Names of procedures beneath the search box while one types: the WAI-ARIA pattern "editable combobox with list
// autocomplete". Without this script the box is a plain field and Enter searches.

const PAUSE = 150; // milliseconds after the last letter
const LEAST = 2; // letters
const t = (text) => window.mcWords?.[text] ?? text;

function combobox(input) {
  const list = document.createElement("ul");
  const status = document.getElementById("noi-thay");
  let options = [];
  let active = -1;
  let timer = 0;
  let asking = null;

  list.id = `${input.id}-danh-sach`;
  list.className = "mc-suggest";
  list.hidden = true;
  list.lang = "vi"; // names of procedures are
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", t("Thủ tục gợi ý"));
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  input.parentElement.append(list);

  const mark = (place) => {
    options[active]?.setAttribute("aria-selected", "false");
    active = place;
    const option = options[active];
    if (!option) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  };

  const open = () => {
    list.hidden = !options.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
  };

  const show = (found) => {
    mark(-1);
    options = found.map(({ name, url, where }, place) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${place}`;
      option.className = "mc-suggest__option";
      option.dataset.url = url;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const title = document.createElement("span");
      title.textContent = name;
      const field = document.createElement("span");
      field.className = "mc-suggest__where";
      field.textContent = where;
      option.append(title, field);
      return option;
    });
    list.replaceChildren(...options);
    open();
    if (status) status.textContent = options.length ? t("Có {n} thủ tục gợi ý, dùng mũi tên để chọn").replace("{n}", options.length) : "";
  };

  const ask = async () => {
    const text = input.value.trim();
    asking?.abort();
    if (text.length < LEAST) return show([]);
    asking = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(text)}`, { signal: asking.signal, headers: { Accept: "application/json" } });
      const found = answer.ok ? await answer.json() : [];
      if (document.activeElement === input && input.value.trim() === text) show(found);
    } catch {
      // no network, or another letter was quicker: the box works as it is
    }
  };

  const go = (option) => option && window.location.assign(option.dataset.url);

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("compositionend", () => (timer = setTimeout(ask, PAUSE)));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const shown = !list.hidden;
    if (event.key === "ArrowDown" && options.length) {
      event.preventDefault();
      open();
      mark(active + 1 < options.length ? active + 1 : 0);
    } else if (event.key === "ArrowUp" && shown) {
      event.preventDefault();
      mark(active > 0 ? active - 1 : options.length - 1);
    } else if (event.key === "Enter" && shown && active >= 0) {
      event.preventDefault();
      go(options[active]);
    } else if (event.key === "Escape" && shown) {
      event.preventDefault(); // the text stays; a second Escape empties the field, as browsers do
      close();
    } else if (event.key === "Tab") {
      close();
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => go(event.target.closest("[role='option']")));
  input.addEventListener("blur", close);
}

for (const input of document.querySelectorAll("[data-suggest]")) combobox(input);
