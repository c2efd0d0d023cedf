// On every page. Nothing here is needed: each page is whole without it.

const t = (text) => window.mcWords?.[text] ?? text; // English, where the page is (words-en.js)

/** The error summary takes the focus, so that it is read first; its links put the focus into the control. */
function errorSummary(root) {
  const summary = root.querySelector("[data-error-summary]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const control = link && document.getElementById(link.hash.slice(1));
    if (!control) return;
    event.preventDefault();
    const group = control.closest("fieldset, .govuk-form-group");
    const words = group && group.querySelector("legend, label");
    (words || control).scrollIntoView();
    control.focus({ preventScroll: true });
  });
}

/** Menus close by Escape (the focus goes back to their button) and by a click elsewhere. */
function menus() {
  const open = () => document.querySelectorAll("details.mc-menu[open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
}

const RESEND = 20_000; // a request that was stopped must not leave its form dead

/** A second press on a form's button does nothing while the first is on its way. */
function singleSubmit() {
  const free = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button").forEach((button) => button.removeAttribute("aria-disabled"));
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post") || event.defaultPrevented) return;
    if (event.submitter?.formTarget === "_blank") return; // a preview beside this page, which stays in use
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    form.querySelectorAll("button").forEach((button) => button.setAttribute("aria-disabled", "true"));
    setTimeout(() => free(form), RESEND);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(free));
}

/** Words for a screen reader, and nobody else. */
export function say(words) {
  const place = document.getElementById("noi-thay");
  if (place) place.textContent = words;
}

const notice = (kind, title, text, link) => {
  const box = document.createElement("div");
  box.className = `mc-note mc-note--${kind} mc-note--top`;
  box.setAttribute("role", "alert");
  const body = document.createElement("div");
  body.className = "mc-note__body";
  const heading = document.createElement("p");
  heading.className = "mc-note__title";
  heading.textContent = title;
  const words = document.createElement("p");
  words.textContent = text;
  if (link) {
    const anchor = document.createElement("a");
    anchor.className = "mc-link";
    anchor.href = link.href;
    anchor.textContent = link.text;
    if (link.blank) anchor.target = "_blank";
    words.append(" ", anchor);
  }
  body.append(heading, words);
  box.append(body);
  return box;
};

/** Says that the session has ended, without touching what was typed. */
function sessionNotice() {
  const mark = document.querySelector("meta[name='mc-session']");
  let shown = false;
  const show = () => {
    const main = document.getElementById("noi-dung");
    if (shown || !main) return;
    shown = true;
    const login = document.body.classList.contains("mc-page--desk") ? "/can-bo/dang-nhap/" : "/tai-khoan/dang-nhap/";
    const href = `${login}?next=${encodeURIComponent(location.pathname)}`;
    main.prepend(
      notice("warn", t("Phiên làm việc đã hết"), t("Chữ đã gõ trên trang này vẫn còn. Đăng nhập ở thẻ mới rồi trở lại đây để tiếp tục."), { href, text: t("Đăng nhập ở thẻ mới"), blank: true })
    );
    say(t("Phiên làm việc đã hết"));
  };
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) show();
  });
  if (mark) setTimeout(show, Math.min(Number(mark.content) * 1000, 2 ** 31 - 1));
}

/** A file input that speaks the language of the page; the native one stays underneath and does the work. */
function filePickers(root) {
  for (const input of root.querySelectorAll(".mc-pick__input:not([data-dressed])")) {
    input.dataset.dressed = "1";
    const face = document.createElement("span");
    face.className = "mc-pick__face";
    face.setAttribute("aria-hidden", "true");
    const button = document.createElement("span");
    button.className = "mc-pick__button";
    button.textContent = input.multiple ? t("Chọn các tệp") : t("Chọn tệp");
    const names = document.createElement("span");
    names.className = "mc-pick__names";
    const write = () => {
      const files = [...input.files].map((file) => file.name);
      names.textContent = files.length > 2 ? t("Đã chọn {n} tệp").replace("{n}", files.length) : files.join(", ") || t("Chưa chọn tệp nào");
    };
    input.addEventListener("change", write);
    face.append(button, names);
    const box = document.createElement("span");
    box.className = "mc-pick__box";
    input.before(box);
    box.append(input, face);
    write();
  }
}

/** A button that shows and hides what is typed as a password. */
function passwords(root) {
  for (const input of root.querySelectorAll("input[type='password']:not([data-dressed])")) {
    input.dataset.dressed = "1";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary mc-button--small mc-password__button";
    button.setAttribute("aria-controls", input.id);
    const write = () => {
      const hidden = input.type === "password";
      button.textContent = hidden ? t("Hiện") : t("Ẩn");
      button.setAttribute("aria-label", hidden ? t("Hiện mật khẩu") : t("Ẩn mật khẩu"));
    };
    button.addEventListener("click", () => {
      input.type = input.type === "password" ? "text" : "password";
      write();
    });
    input.form?.addEventListener("submit", () => (input.type = "password"));
    const row = document.createElement("div");
    row.className = "mc-password";
    input.before(row);
    row.append(input, button);
    write();
  }
}

/** `<a data-print>` and `<button data-print>`: only there when a script can print. */
function printers(root) {
  for (const button of root.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const late = [...document.querySelectorAll("img[loading=lazy]")]; // what was never scrolled to is not there yet
      for (const picture of late) picture.loading = "eager";
      await Promise.allSettled(late.map((picture) => picture.decode()));
      window.print();
    });
  }
}

/** A dialog opens from `<button data-dialog="id">`; without a script the button's form leads to a page that asks. */
function dialogs(root) {
  for (const opener of root.querySelectorAll("[data-dialog]")) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (!(dialog instanceof HTMLDialogElement)) continue;
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
    });
    for (const closer of dialog.querySelectorAll("[data-close]")) {
      closer.addEventListener("click", (event) => {
        event.preventDefault();
        dialog.close();
        opener.focus();
      });
    }
  }
}

function dress(root) {
  filePickers(root);
  passwords(root);
  printers(root);
  dialogs(root);
}

/** Once the page stands, a worker is set up that knows what to say when there is no network. */
function offline() {
  if (!("serviceWorker" in navigator)) return;
  window.addEventListener("load", () => navigator.serviceWorker.register("/sw.js").catch(() => {}));
}

errorSummary(document);
menus();
offline();
singleSubmit();
sessionNotice();
dress(document);
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt === document.body) return;
  dress(event.detail.elt);
  errorSummary(event.detail.elt);
});
