// Sends each chosen file at once, with its progress, and shows the paper anew. Without this script the buttons send.

const t = (text) => window.mcWords?.[text] ?? text; // English, where the page is (words-en.js)

const papers = document.querySelector("[data-papers]");

const OFFLINE = `${t("Mất mạng, chưa tải được.")} `;
const BUSY = `${t("Hệ thống bận, chưa tải được.")} `;

const card = (key) => document.getElementById(`giay-${key}`);

const send = (key, file, address, fields, onProgress) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const data = new FormData();
    for (const [name, value] of fields) data.append(name, value);
    data.append("act", "tai");
    data.append(`tep-${key}`, file);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress(Math.round((100 * event.loaded) / event.total));
    });
    request.addEventListener("load", () => (request.status < 500 ? resolve(request) : reject(BUSY)));
    request.addEventListener("error", () => reject(OFFLINE));
    request.open("POST", address);
    request.setRequestHeader("X-Paper", key);
    request.send(data);
  });

const bar = (name, number) => {
  const box = document.createElement("div");
  box.className = "mc-progress";
  const text = document.createElement("div");
  text.className = "mc-progress__text";
  const label = document.createElement("label");
  label.textContent = name;
  label.htmlFor = `tien-do-${number}`;
  const word = document.createElement("span");
  word.textContent = t("Đang tải lên");
  text.append(label, word);
  const progress = document.createElement("progress");
  progress.id = `tien-do-${number}`;
  progress.max = 100;
  progress.value = 0;
  box.append(text, progress);
  return {
    box,
    set(percent) {
      progress.value = percent;
      word.textContent = percent < 100 ? `${percent}%` : t("Đang kiểm tra tệp");
    },
    failed(why, again) {
      word.textContent = why;
      box.classList.add("mc-progress--failed");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "mc-file__act";
      button.textContent = t("Tải lại");
      button.addEventListener("click", again);
      progress.remove();
      box.append(button);
      button.focus();
    },
  };
};

if (papers) {
  const form = papers.closest("form");
  const line = document.querySelector("[data-held]");
  let count = 0;
  let waiting = Promise.resolve(); // one file after the other: a slow line is not shared
  let underway = 0;
  let held = null; // the button that was pressed while files were on their way
  let leaving = false;
  let login = ""; // where to log in, once the files are safe

  // What proves where the file comes from; the officers' pages carry other proofs than the citizens'.
  const PROOFS = ["khoa", "ban", "trang", "luot", "csrfmiddlewaretoken", "nguoi_go"];
  const fields = () => PROOFS.filter((name) => form.elements[name]).map((name) => [name, form.elements[name].value]);

  const stay = (words) => {
    held = null;
    line.textContent = words;
  };

  const ended = (isTaken) => {
    underway -= 1;
    if (held && !isTaken) stay(t("Có tệp chưa nhận được, nên chưa chuyển trang. Xin xem lại giấy tờ bên trên."));
    if (underway || leaving) return;
    if (login) window.location.assign(login);
    else if (held) form.requestSubmit(held);
  };

  form.addEventListener("submit", (event) => {
    if (!underway) return;
    event.preventDefault();
    held = event.submitter;
    line.textContent = t("Đang tải lên, xong sẽ tự chuyển trang.");
  });
  window.addEventListener("beforeunload", (event) => {
    if (underway && !leaving) event.preventDefault(); // the browser asks whether to leave without the file
  });

  const take = (key, file) => {
    count += 1;
    underway += 1;
    if (!held) line.textContent = "";
    const shown = bar(file.name, count);
    const place = card(key).querySelector("[data-sending]");
    place.append(shown.box);
    place.hidden = false;
    const run = async () => {
      try {
        const answer = await send(key, file, form.dataset.upload, fields(), (percent) => shown.set(percent));
        if (answer.status === 401) login = JSON.parse(answer.responseText).login; // the file was taken all the same
        else replace(key, answer.responseText, shown.box);
        ended(answer.status < 400 || answer.status === 401);
      } catch (why) {
        const again = () => {
          shown.box.remove();
          take(key, file);
        };
        shown.failed(why === OFFLINE ? OFFLINE : BUSY, again);
        ended(false);
      }
    };
    waiting = waiting.then(run);
  };

  // The other files of the paper that are still on their way keep their bars.
  const replace = (key, markup, done) => {
    const parsed = new DOMParser().parseFromString(markup, "text/html");
    const fresh = parsed.getElementById(`giay-${key}`);
    if (!fresh) {
      leaving = true; // the draft was handed in or deleted elsewhere
      window.location.reload();
      return;
    }
    done.remove();
    const old = card(key);
    const sending = fresh.querySelector("[data-sending]");
    sending.append(...old.querySelector("[data-sending]").children);
    sending.hidden = !sending.children.length;
    const told = [...old.querySelectorAll("[data-refused]")];
    for (const item of told) {
      item.removeAttribute("id");
      item.removeAttribute("data-news");
    }
    const news = [...fresh.querySelectorAll("[data-refused]")].map((item) => item.textContent);
    const refusals = fresh.querySelector("[data-refusals]");
    refusals.prepend(...told.filter((item) => !news.includes(item.textContent)));
    refusals.hidden = !refusals.children.length;
    fresh.classList.toggle("mc-paper--bad", !refusals.hidden);
    old.replaceWith(fresh);
    // What the page was told when it came is no longer so; what other papers still lack stands at them.
    if (refusals.hidden) document.querySelector("[data-error-summary]")?.remove();
    document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: fresh } })); // page.js dresses what is new
    const revision = fresh.dataset.revision;
    if (revision) form.elements.ban.value = revision;
    const count = parsed.querySelector("[data-count]");
    if (count) document.querySelector("[data-count]").textContent = count.textContent;
    fresh.querySelector("[data-news]")?.focus();
    form.dispatchEvent(new CustomEvent("papers:taken"));
  };

  const takeFrom = (input) => {
    if (input.type !== "file" || !input.dataset.paper || !input.files.length) return;
    const files = [...input.files];
    if (!underway) for (const item of card(input.dataset.paper).querySelectorAll("[data-refused]")) item.remove();
    input.value = "";
    input.dispatchEvent(new Event("change")); // its face shows that it is empty again
    for (const file of files) take(input.dataset.paper, file);
  };

  papers.addEventListener("change", (event) => takeFrom(event.target));
  for (const input of papers.querySelectorAll("input[type=file]")) takeFrom(input); // chosen before this script came
}
