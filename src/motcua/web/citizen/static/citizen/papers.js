// Sends each chosen file at once, with its progress, and shows the paper anew. Without this script the buttons send.

const papers = document.querySelector("[data-papers]");

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
    request.addEventListener("load", () => resolve(request));
    request.addEventListener("error", reject);
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
  word.textContent = "Đang tải lên";
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
      word.textContent = percent < 100 ? `${percent}%` : "Đang kiểm tra tệp";
    },
    failed(again) {
      word.textContent = "Mất mạng, chưa tải được. ";
      const button = document.createElement("button");
      button.type = "button";
      button.className = "mc-file__act";
      button.textContent = "Tải lại";
      button.addEventListener("click", again);
      progress.remove();
      box.append(button);
      button.focus();
    },
  };
};

if (papers) {
  const form = papers.closest("form");
  let count = 0;
  let waiting = Promise.resolve(); // one file after the other: a slow line is not shared

  const fields = () => ["khoa", "ban", "trang", "luot"].map((name) => [name, form.elements[name].value]);

  const take = (key, file) => {
    count += 1;
    const shown = bar(file.name, count);
    const place = card(key).querySelector("[data-sending]");
    place.append(shown.box);
    place.hidden = false;
    const run = async () => {
      try {
        const answer = await send(key, file, form.dataset.upload, fields(), (percent) => shown.set(percent));
        if (answer.status === 401) {
          window.location.assign(JSON.parse(answer.responseText).login);
          return;
        }
        replace(key, answer.responseText, shown.box);
      } catch {
        shown.failed(() => {
          shown.box.remove();
          take(key, file);
        });
      }
    };
    waiting = waiting.then(run);
  };

  // The other files of the paper that are still on their way keep their bars.
  const replace = (key, markup, done) => {
    const parsed = new DOMParser().parseFromString(markup, "text/html");
    const fresh = parsed.getElementById(`giay-${key}`);
    if (!fresh) {
      window.location.reload();
      return;
    }
    done.remove();
    const old = card(key);
    const sending = fresh.querySelector("[data-sending]");
    sending.append(...old.querySelector("[data-sending]").children);
    sending.hidden = !sending.children.length;
    const told = [...old.querySelectorAll("[data-refused]")];
    const news = [...fresh.querySelectorAll("[data-refused]")].map((item) => item.textContent);
    const refusals = fresh.querySelector("[data-refusals]");
    refusals.prepend(...told.filter((item) => !news.includes(item.textContent)));
    refusals.hidden = !refusals.children.length;
    old.replaceWith(fresh);
    document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: fresh } })); // page.js dresses what is new
    const revision = fresh.dataset.revision;
    if (revision) form.elements.ban.value = revision;
    const count = parsed.querySelector("[data-count]");
    if (count) document.querySelector("[data-count]").textContent = count.textContent;
    fresh.querySelector("[data-news]")?.focus();
  };

  papers.addEventListener("change", (event) => {
    const input = event.target;
    if (input.type !== "file" || !input.dataset.paper) return;
    const files = [...input.files];
    input.value = "";
    input.dispatchEvent(new Event("change")); // its Vietnamese face shows that it is empty again
    for (const file of files) take(input.dataset.paper, file);
  });
}
