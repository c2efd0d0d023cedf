// Counts down until "Gửi lại OTP" may be pressed. The server counts for itself; without this file it says how long to wait.

const t = (text) => window.mcWords?.[text] ?? text; // English, where the page is (words-en.js)

const line = document.querySelector("[data-resend]");
const button = document.querySelector("button[name='act'][value='gui-lai']");

if (line && button) {
  const until = Date.now() + Number(line.dataset.resend) * 1000;
  const plain = button.textContent;
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000);
    button.disabled = left > 0;
    button.textContent = left > 0 ? `${plain} (${t("sau {n} giây").replace("{n}", left)})` : plain;
    if (left > 0) setTimeout(tick, 1000);
  };
  tick();
}
