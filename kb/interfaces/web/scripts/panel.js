// The place beside the results: pages are turned by changing the address; focus goes in when it opens, back when it closes.

const move = (address) => {
  window.history.pushState(null, "", address);
  trigger("placed");
};

element.addEventListener("click", (event) => {
  const found = event.target.closest("[data-open]");
  if (!found || !isPlain(event)) return;
  event.preventDefault();
  move(found.getAttribute("href"));
});

element.addEventListener("keydown", (event) => {
  const close = element.querySelector(".kb-close");
  if (event.key === "Escape" && close) close.click();
});

const isOpen = () => new URLSearchParams(window.location.search).has("place");

watch("value", () => {
  const panel = element.querySelector(".kb-panel");
  if (!isOpen()) {
    window.kbOpener?.focus();
    window.kbOpener = null;
    return;
  }
  element.querySelector("#kb-panel-title")?.focus({ preventScroll: true });
  const box = element.querySelector(".kb-box") || element.querySelector(".kb-wanted");
  if (!panel || !box) return;
  const below = box.getBoundingClientRect().bottom - panel.getBoundingClientRect().bottom + 120;
  if (below > 0) panel.scrollTop += below;
});
