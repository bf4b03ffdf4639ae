// Links and buttons of the results change the address; what the address says is what is shown.

const move = (address, event) => {
  window.history.pushState(null, "", address);
  trigger(event);
};

element.addEventListener("click", async (event) => {
  const found = event.target.closest("[data-go], [data-open], [data-verdict], a[href^='#']");
  if (!found || !isPlain(event)) return;
  if (found.dataset.verdict) {
    found.disabled = true;
    try {
      sayOn(found, await server.judge(window.location.search, found.dataset.place, found.dataset.verdict));
    } catch {
      sayOn(found, "Not kept; try again");
    }
    found.disabled = false;
    return;
  }
  event.preventDefault();
  if (found.dataset.open !== undefined) {
    window.kbOpener = found;
    move(found.getAttribute("href"), "placed");
  } else if (found.dataset.go !== undefined) {
    move(found.dataset.go || found.getAttribute("href"), "moved");
  } else {
    const target = document.getElementById(found.getAttribute("href").slice(1));
    target?.scrollIntoView({ block: "center" });
    target?.focus({ preventScroll: true });
  }
});

element.addEventListener("toggle", async (event) => {
  const found = event.target;
  if (!found.open || !found.dataset.why || found.dataset.told) return;
  const into = found.querySelector(".kb-unfolded");
  into.textContent = "Looking…";
  try {
    into.innerHTML = await server.why(window.location.search, found.dataset.why);
    found.dataset.told = "yes";
  } catch {
    into.textContent = "This cannot be told now; open it again to retry.";
  }
}, true);

window.addEventListener("popstate", () => trigger("moved"));
