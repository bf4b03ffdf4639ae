// A paper is removed by the button below its question.

element.addEventListener("click", (event) => {
  const found = event.target.closest("[data-remove]");
  if (!found) return;
  found.disabled = true;
  trigger("remove", { document: found.dataset.remove });
});
