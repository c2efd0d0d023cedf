// Saves a draft while it is being filled in. Without this script the buttons save.

const t = (text) => window.mcWords?.[text] ?? text; // English, where the page is (words-en.js)

const PAUSE = 1500; // milliseconds without a keystroke
const AGAIN = 5000; // milliseconds until a save that failed is tried once more
const OFFLINE = t("Chưa lưu được, vì mất mạng. Chữ đã gõ vẫn còn ở đây và sẽ tự lưu khi có mạng.");
const BUSY = t("Chưa lưu được, vì hệ thống bận. Chữ đã gõ vẫn còn ở đây và đang được lưu lại.");
const form = document.querySelector("form[data-draft]");

if (form) {
  const line = document.getElementById("da-luu");
  const others = document.querySelector("[data-others]");
  let timer = 0;
  let running = null;
  let unsaved = false;
  let leaving = false;

  const CARRIED = new Set(["csrfmiddlewaretoken", "khoa", "ban", "trang", "luot", "thay", "act", "o", "nguoi_go"]);

  // What stands in the form, by question: the parts of a date, the rows of a list are saved together.
  const answers = () => {
    const found = new Map();
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== "string" || CARRIED.has(name)) continue;
      const question = name.split("__")[0];
      found.set(question, [...(found.get(question) || []), [name, value]]);
    }
    return found;
  };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  // Typed before this script came, on a slow line; or filled in again by the browser.
  const isTouched = (box) => {
    if (box.options) return [...box.options].some((option, place) => option.selected && place && !option.defaultSelected);
    if (box.type === "radio" || box.type === "checkbox") return box.checked !== box.defaultChecked;
    return box.value !== box.defaultValue;
  };
  const isEarly = [...form.querySelectorAll("input, select, textarea")].some(isTouched);
  let kept = isEarly ? new Map() : answers();

  // Only what was changed here: another window may have saved newer words for the rest.
  const changes = () => {
    form.elements.luot.value = Number(form.elements.luot.value) + 1;
    const now = answers();
    const data = new URLSearchParams();
    for (const name of CARRIED) if (form.elements[name]?.value !== undefined) data.set(name, form.elements[name].value);
    data.set("act", "autosave");
    for (const [question, pairs] of now) {
      if (same(pairs, kept.get(question))) continue;
      for (const [name, value] of pairs) data.append(name, value);
    }
    return { now, data };
  };

  const sign = line?.querySelector("svg")?.cloneNode(true);

  const say = (text, isSaved = false) => {
    if (!line || line.textContent === text) return;
    line.textContent = text;
    line.classList.toggle("mc-saved--not", !isSaved);
    if (isSaved && sign) line.prepend(sign.cloneNode(true));
  };

  const offerLogin = (address) => {
    say(`${t("Phiên đăng nhập đã hết. Những gì đã gõ vẫn được lưu.")} `);
    const link = document.createElement("a");
    link.className = "mc-link";
    link.href = address;
    link.textContent = t("Đăng nhập lại");
    line?.append(link);
  };

  const tell = (changes) => {
    if (!others || !changes.length) return;
    const list = others.querySelector("ul");
    for (const { label, other } of changes) {
      const item = document.createElement("li");
      item.textContent = `${label}: ${t("ở cửa sổ kia là")} “${other}”`;
      list.append(item);
    }
    others.hidden = false;
  };

  const save = async () => {
    clearTimeout(timer);
    running?.abort();
    running = new AbortController();
    unsaved = false;
    const { now, data } = changes();
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json" },
        signal: running.signal,
      });
      if (answer.status >= 500 || answer.status === 429) {
        tryAgain(BUSY);
        return;
      }
      const said = await answer.json();
      if (answer.status === 401) {
        offerLogin(said.login);
      } else if (answer.ok) {
        kept = now;
        form.elements.ban.value = said.revision;
        say(said.saved, true);
        tell(said.others);
        form.dispatchEvent(new CustomEvent("draft:saved", { detail: said }));
      } else {
        say(said.message || t("Chưa lưu được bản nháp. Xin bấm “Lưu, làm tiếp sau”."));
      }
    } catch (trouble) {
      if (trouble.name !== "AbortError") tryAgain(navigator.onLine ? BUSY : OFFLINE);
    }
  };

  const tryAgain = (words) => {
    unsaved = true;
    say(words);
    clearTimeout(timer);
    timer = setTimeout(save, AGAIN);
  };

  const soon = (event) => {
    if (event.target.type === "file" || leaving) return;
    unsaved = true;
    clearTimeout(timer);
    timer = setTimeout(save, event.type === "change" ? 200 : PAUSE);
  };

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!navigator.onLine) {
      event.preventDefault(); // the browser's own page about it would take the place of what was typed
      tryAgain(OFFLINE);
      line?.scrollIntoView({ block: "center" });
      return;
    }
    leaving = true;
    running?.abort();
    form.elements.luot.value = Number(form.elements.luot.value) + 1;
  });
  if (isEarly) {
    unsaved = true;
    timer = setTimeout(save, PAUSE);
  }
  window.addEventListener("online", () => unsaved && save());
  window.addEventListener("pagehide", () => {
    const isKept = same([...answers()], [...kept]); // a save that is still on its way goes down with the page
    if (!isKept && !leaving) navigator.sendBeacon(form.dataset.draft, changes().data);
  });
  window.addEventListener("pageshow", () => {
    leaving = false; // back from the next page, out of the browser's own memory
  });
}
