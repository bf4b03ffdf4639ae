(question, bodies, kinds, people, from, to) => {
  const before = new URLSearchParams(window.location.search);
  const now = new URLSearchParams();
  if (question.trim()) now.set("q", question.trim());
  for (const value of bodies || []) now.append("body", value);
  for (const value of kinds || []) now.append("kind", value);
  for (const value of people || []) now.append("person", value);
  for (const value of before.getAll("paper")) now.append("paper", value);
  if ((from || "").trim()) now.set("from", from.trim());
  if ((to || "").trim()) now.set("to", to.trim());
  if (before.get("q") === question.trim()) for (const value of before.getAll("ignore")) now.append("ignore", value);
  const search = now.size ? `?${now}` : "";
  if (search !== window.location.search) window.history.pushState(null, "", search || window.location.pathname);
  return search;
}
