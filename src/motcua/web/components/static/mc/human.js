// “Mã xác nhận” fills itself: a worker solves the puzzle while the person reads the page. Without this file a code can
// be had by SMS (see mc/human.html).

const t = (text) => window.mcWords?.[text] ?? text; // English, where the page is (words-en.js)

const RENEW = 15 * 60 * 1000; // the puzzle is good for 20 minutes; a page may stay open longer

function solve(url, workerUrl) {
  return new Promise((resolve, reject) => {
    fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" })
      .then((response) => (response.ok ? response.json() : Promise.reject(new Error(String(response.status)))))
      .then((challenge) => {
        const worker = new Worker(workerUrl);
        worker.onerror = () => reject(new Error("worker"));
        worker.onmessage = ({ data }) => {
          worker.terminate();
          if (!data || data.error) reject(new Error("unsolved"));
          else resolve(btoa(JSON.stringify({ challenge, solution: data })));
        };
        worker.postMessage({ type: "work", challenge, counterStart: 0, counterStep: 1, timeout: 90000 });
      })
      .catch(reject);
  });
}

function start(root) {
  const find = (name) => root.querySelector(`[data-human-${name}]`);
  const box = find("box");
  const done = find("done");
  const status = find("status");
  const solution = find("solution");
  const fallback = find("fallback");
  const form = root.closest("form");
  if (!window.crypto?.subtle || !window.Worker || !form) return;

  let working = false;
  let waiting = null; // the button that was pressed before the code was there

  async function run() {
    working = true;
    solution.value = "";
    box.hidden = false;
    done.hidden = true;
    status.textContent = t("Đang tự điền mã xác nhận…");
    if (fallback && !fallback.contains(document.activeElement)) fallback.open = false;
    try {
      solution.value = await solve(root.dataset.challenge, root.dataset.worker);
      done.hidden = false;
      status.textContent = t("Đã tự điền mã xác nhận");
      setTimeout(run, RENEW);
    } catch {
      status.textContent = fallback
        ? t("Không tự điền được. Xin nhận mã qua tin nhắn.")
        : t("Không tự điền được. Ông/bà vẫn gửi được, mỗi giờ vài lần.");
      if (fallback) fallback.open = true;
    }
    working = false;
    if (waiting) {
      const button = waiting;
      waiting = null;
      form.requestSubmit(button.isConnected && button.form === form ? button : undefined);
    }
  }

  form.addEventListener(
    "submit",
    (event) => {
      if (!working || (event.submitter && event.submitter.hasAttribute("formaction"))) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      waiting = event.submitter || form.querySelector("button:not([type='button'])");
    },
    true
  );
  run();
}

for (const root of document.querySelectorAll("[data-human]:not([data-human-on])")) {
  root.dataset.humanOn = "1";
  start(root);
}
