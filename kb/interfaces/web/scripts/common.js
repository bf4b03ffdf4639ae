// What the parts of a page share. Runs inside a component: `element`, `trigger`, `server`, `watch` are its own.
// Only `textContent` and markup that the server has escaped are ever put into the page.

const announce = (words) => {
  const live = document.getElementById("kb-live");
  if (!live) return;
  live.textContent = "";
  window.setTimeout(() => { live.textContent = words; }, 60);
};

const linkTo = (place) => new URL(`./?place=${encodeURIComponent(place)}`, document.baseURI).href;

const copyText = async (words) => {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    // Pages that are not served by TLS have no clipboard of their own.
    const field = document.createElement("textarea");
    field.value = words;
    field.className = "kb-unseen";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
};

const citationText = (button) => {
  const { copy, text, place } = button.dataset;
  if (copy === "address") return window.location.href;
  if (copy === "link") return linkTo(place);
  return copy === "markdown" ? `[${text}](${linkTo(place)})` : text;
};

const sayOn = (button, words) => {
  const before = button.dataset.said || button.textContent;
  button.dataset.said = before;
  button.textContent = words;
  announce(words);
  window.setTimeout(() => { button.textContent = before; }, 2000);
};

const isPlain = (event) => !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);

element.addEventListener("click", async (event) => {
  const found = event.target.closest("[data-copy], [data-print]");
  if (!found) return;
  if (found.dataset.print !== undefined) window.print();
  else sayOn(found, (await copyText(citationText(found))) ? "Copied" : "Could not copy");
});

watch("value", () => {
  const said = element.querySelector("[data-announce]");
  if (said) announce(said.dataset.announce);
});
