// A page whose content follows from its address: links, buttons and forms change it, and the server shows what it says.

const move = (address) => {
  window.history.pushState(null, "", address || window.location.pathname);
  trigger("moved");
};

element.addEventListener("click", (event) => {
  const found = event.target.closest("[data-go], [data-csv]");
  if (!found || !isPlain(event)) return;
  event.preventDefault();
  if (found.dataset.csv === undefined) {
    window.kbFocus = found.id;
    move(found.dataset.go || found.getAttribute("href"));
    return;
  }
  server.csv(window.location.search).then((text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv;charset=utf-8" }));
    link.download = found.dataset.csv;
    link.click();
    URL.revokeObjectURL(link.href);
    announce("Table saved");
  }).catch(() => sayOn(found, "Could not be saved; try again"));
});

const send = (form) => {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (String(value).trim()) fields.append(name, String(value).trim());
  window.kbFocus = document.activeElement?.id;
  move(fields.size ? `?${fields}` : "");
};

element.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.target);
});

element.addEventListener("change", (event) => {
  if (event.target.matches("form select")) send(event.target.form);
});

watch("value", () => {
  const wanted = window.kbFocus && document.getElementById(window.kbFocus);
  if (wanted) wanted.focus();
  window.kbFocus = "";
  const target = window.location.hash && document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
  if (target) target.scrollIntoView({ block: "center" });
});

window.addEventListener("popstate", () => trigger("moved"));
